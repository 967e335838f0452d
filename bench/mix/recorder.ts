import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { Agent, request } from 'undici';

/**
 * Stands in front of subgraphs, as a process of its own: what was asked before is answered from memory, so that a gateway
 * is measured by itself. `SUBGRAPHS` holds their addresses by name; the address of each here is `<url>/<name>`. What it
 * forwards is counted: `GET /misses`.
 */
const subgraphs = JSON.parse(process.env.SUBGRAPHS ?? '{}') as Record<string, string>;
const agent = new Agent({ connections: 32 });
const answers = new Map<string, { status: number; body: Buffer }>();
let misses = 0;

const server = createServer(async (incoming, response) => {
  if (incoming.url === '/misses') return response.end(String(misses));
  const [, name = '', ...rest] = (incoming.url ?? '').split('/');
  const { authorization = '', 'x-router-secret': secret = '' } = incoming.headers;
  const body = await buffer(incoming);
  const key = `${name} ${authorization} ${body.toString('latin1')}`;
  let answer = answers.get(key);
  if (!answer) {
    misses += 1;
    const forwarded = await request(`${subgraphs[name]}/${rest.join('/')}`, {
      method: 'POST',
      dispatcher: agent,
      headers: {
        'content-type': 'application/json',
        'x-router-secret': String(secret),
        ...(authorization ? { authorization } : {}),
      },
      body,
    });
    answer = { status: forwarded.statusCode, body: Buffer.from(await forwarded.body.arrayBuffer()) };
    answers.set(key, answer);
  }
  response.writeHead(answer.status, { 'content-type': 'application/json', 'content-length': answer.body.length });
  response.end(answer.body);
});
server.keepAliveTimeout = 600_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}` });
});
// Whoever started it may be killed.
process.once('disconnect', () => process.exit());
