import { type ChildProcess, fork } from 'node:child_process';
import type { SwarmOrder, SwarmReport } from './swarm-process.ts';

/** Subscribers in a process of their own, so that reading what is delivered takes nothing from who delivers. */
export interface Swarm {
  readonly pid: number;
  /** What has come since the last call. */
  report(): Promise<SwarmReport>;
  stop(): Promise<void>;
}

/** Opens all sockets, subscribes, and returns when each has its answer or is open. @throws Error when one cannot */
export async function startSwarm(order: Omit<SwarmOrder, 'kind'>): Promise<Swarm> {
  const child: ChildProcess = fork(new URL('./swarm-process.ts', import.meta.url), {
    execArgv: ['--import', 'tsx'],
    stdio: 'inherit',
  });
  const ended = new Promise<never>((_, reject) => {
    child.once('exit', (code) => reject(new Error(`the subscribers' process ended with ${code}`)));
  });
  ended.catch(() => {});
  const next = <Kind extends string>(kind: Kind) =>
    Promise.race([
      ended,
      new Promise<SwarmReport>((resolve, reject) => {
        const onMessage = (message: { kind: string; error?: string; report?: SwarmReport }) => {
          if (message.kind !== kind && message.kind !== 'failed') return;
          child.off('message', onMessage);
          if (message.kind === 'failed') reject(new Error(message.error));
          else resolve(message.report as SwarmReport);
        };
        child.on('message', onMessage);
      }),
    ]);
  const open = next('open');
  child.send({ kind: 'open', ...order } satisfies SwarmOrder);
  await open;
  return {
    pid: child.pid ?? 0,
    async report() {
      const answer = next('report');
      child.send({ kind: 'report' });
      return answer;
    },
    async stop() {
      const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      child.send({ kind: 'stop' });
      await gone;
    },
  };
}
