import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Stands before the instances of a service as a load balancer of connections does; one that refuses is passed over. */
export async function startBalancer(): Promise<{
  readonly port: number;
  setTargets(ports: readonly number[]): void;
  close(): Promise<void>;
}> {
  let targets: readonly number[] = [];
  let turn = 0;
  const open = new Set<Socket>();

  function join(client: Socket, left: number): void {
    const port = targets[turn++ % Math.max(targets.length, 1)];
    if (port === undefined || left === 0) return void client.destroy();
    const upstream = connect(port, '127.0.0.1');
    let joined = false;
    upstream.once('connect', () => {
      joined = true;
      open.add(upstream);
      client.pipe(upstream);
      upstream.pipe(client);
      client.resume();
    });
    upstream.once('error', () => (joined ? client.destroy() : join(client, left - 1)));
    upstream.once('close', () => {
      open.delete(upstream);
      if (joined) client.destroy();
    });
    client.once('close', () => upstream.destroy());
  }

  const server = createServer({ pauseOnConnect: true, noDelay: true }, (client) => {
    open.add(client);
    client.on('error', () => client.destroy());
    client.once('close', () => open.delete(client));
    join(client, targets.length);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    setTargets(ports) {
      targets = ports;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}
