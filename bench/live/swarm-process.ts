import WebSocket from 'ws';

/** Sockets opened at once; more would only wait in the server's backlog. */
const OPENING = 50;

export interface Subscriber {
  readonly query: string;
  readonly variables: Record<string, unknown>;
  /** Of the member whose stream it is; without, it is a stream by grant. */
  readonly token?: string;
}

export interface SwarmOrder {
  readonly kind: 'open';
  readonly url: string;
  /** One socket each; null opens a socket without a subscription. */
  readonly subscribers: readonly (Subscriber | null)[];
  /** The response field that holds `number` and `body`; the body is the sender's clock in milliseconds. */
  readonly field: string;
}

export interface SwarmReport {
  readonly delivered: number;
  readonly lost: number;
  readonly doubled: number;
  /** Streams that ended, and sockets that were closed. */
  readonly ended: number;
  readonly errors: readonly string[];
  /** Milliseconds from sending to delivery. */
  readonly latencies: readonly number[];
}

interface Event {
  readonly number: number;
  readonly body: string | null;
}

const errors = new Set<string>();
let [delivered, lost, doubled, ended] = [0, 0, 0, 0];
let latencies: number[] = [];
let stopping = false;

function receive(event: Event, at: { last: number }): void {
  delivered += 1;
  const sent = Number(event.body);
  if (sent > 0) latencies.push(Date.now() - sent);
  if (at.last > 0 && event.number <= at.last) doubled += 1;
  else if (at.last > 0) lost += event.number - at.last - 1;
  at.last = Math.max(at.last, event.number);
}

function open(order: SwarmOrder, subscriber: Subscriber | null): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(order.url, 'graphql-transport-ws', { perMessageDeflate: false });
    const at = { last: 0 };
    const payload = subscriber?.token ? { authorization: `Bearer ${subscriber.token}` } : undefined;
    socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload })));
    socket.on('error', reject);
    socket.on('close', (code, reason) => {
      if (stopping) return;
      ended += 1;
      errors.add(`closed ${code} ${reason}`);
    });
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as {
        type: string;
        payload?: { data?: Record<string, Event | null> | null; errors?: { message: string }[] };
      };
      if (message.type === 'ping') return socket.send('{"type":"pong"}');
      if (message.type === 'connection_ack') {
        if (subscriber) socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: subscriber }));
        return resolve();
      }
      if (message.type === 'next') {
        const event = message.payload?.data?.[order.field];
        if (event) receive(event, at);
        for (const { message: text } of message.payload?.errors ?? []) errors.add(text);
      } else if (message.type === 'error' || message.type === 'complete') {
        ended += 1;
        errors.add(`${message.type} ${JSON.stringify(message.payload ?? '')}`);
      }
    });
  });
}

process.on('message', (message: SwarmOrder | { readonly kind: 'report' } | { readonly kind: 'stop' }) => {
  if (message.kind === 'stop') {
    stopping = true;
    return process.exit();
  }
  if (message.kind === 'report') {
    const report: SwarmReport = { delivered, lost, doubled, ended, errors: [...errors].slice(0, 5), latencies };
    [delivered, lost, doubled, ended] = [0, 0, 0, 0];
    latencies = [];
    process.send?.({ kind: 'report', report });
    return;
  }
  const waiting = [...message.subscribers];
  const openAll = async () => {
    for (let subscriber = waiting.shift(); subscriber !== undefined; subscriber = waiting.shift())
      await open(message, subscriber);
  };
  Promise.all(Array.from({ length: OPENING }, openAll)).then(
    () => process.send?.({ kind: 'open' }),
    (error: unknown) => process.send?.({ kind: 'failed', error: String(error) }),
  );
});
