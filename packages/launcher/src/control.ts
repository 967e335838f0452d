import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What another launcher may ask of a running one. */
export interface ControlHandlers {
  /** Gives a subgraph out of hand. @returns what takes it back, or why it cannot be given */
  release(name: string): Promise<{ takeBack(): void } | { refusal: string }>;
  /** The supergraph is to be composed again. @returns a fault in one line, if there is one */
  recompose(): Promise<string | undefined>;
}

export interface Control {
  readonly url: string;
  readonly secret: string;
  close(): void;
}

function matches(given: string | undefined, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return given !== undefined && timingSafeEqual(digest(given), digest(expected));
}

/**
 * Listens on loopback for another launcher that shows the secret of the runtime file. `POST /join/<subgraph>` lasts as
 * long as its connection: however the other one ends, its subgraph is taken back. `POST /recompose` answers at once.
 */
export async function openControl(handlers: ControlHandlers): Promise<Control> {
  const secret = randomBytes(32).toString('base64url');
  const server = createServer(async (incoming, response) => {
    const answer = (status: number, text = '') =>
      response.writeHead(status, { 'content-type': 'text/plain' }).end(text);
    if (!matches(incoming.headers.authorization, `Bearer ${secret}`) || incoming.method !== 'POST')
      return answer(403, 'Not for you.');
    const [, action, name = ''] = (incoming.url ?? '').split('/');
    if (action === 'recompose') {
      const fault = await handlers.recompose();
      return fault ? answer(422, fault) : answer(204);
    }
    if (action !== 'join') return answer(404, 'There is nothing here.');
    const released = await handlers.release(name);
    if ('refusal' in released) return answer(409, released.refusal);
    response.once('close', released.takeBack);
    response.writeHead(200).flushHeaders();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    secret,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** A connection that holds a subgraph; `ended` resolves when the running launcher closes it. */
export interface Held {
  readonly ended: Promise<void>;
  release(): void;
}

/** Asks a running launcher for something. @returns the text of a refusal, or the open connection */
export function askControl(
  control: Pick<Control, 'url' | 'secret'>,
  path: string,
): Promise<Held | { refusal: string }> {
  return new Promise((resolve) => {
    const sent = request(
      `${control.url}${path}`,
      { method: 'POST', agent: false, headers: { authorization: `Bearer ${control.secret}` } },
      (response) => {
        const status = response.statusCode ?? 0;
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => {
          text += part;
        });
        const ended = new Promise<void>((end) => response.once('close', end));
        response.on('error', () => {});
        if (status < 300) resolve({ ended, release: () => sent.destroy() });
        else void ended.then(() => resolve({ refusal: text }));
      },
    );
    sent.on('error', () => resolve({ refusal: 'The running platform does not answer.' }));
    sent.end();
  });
}
