import { cpus } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import type { TestPlatform } from '../tests/platform.ts';
import { cpuSecondsOf } from './usage.ts';

/** Of all processes together; their timers and heartbeats use less. */
const AT_REST_CORES = 0.3;
/** Between clients and subgraphs, whichever of them run. */
const ROUTER = ['gateway', 'front-door', 'hive-router', 'apollo-router'];
/** Processes whose CPU is the platform's cost; the load's own is not in it. */
const SERVICES = [...ROUTER, 'content', 'user', 'auth', 'notification', 'chat'];

/** The processes of a platform by name, PostgreSQL's among them. */
export function pidsOf(platform: TestPlatform): Record<string, number> {
  const { services, postgres } = platform.runtime();
  return {
    ...Object.fromEntries(SERVICES.flatMap((name) => (services[name]?.pid ? [[name, services[name]?.pid]] : []))),
    postgres: postgres?.pid ?? 0,
  };
}

/** The processes between clients and subgraphs. */
export const routerPids = (platform: TestPlatform): number[] =>
  Object.entries(pidsOf(platform)).flatMap(([name, pid]) => (ROUTER.includes(name) ? [pid] : []));

/** Seconds of CPU that each process of a platform has used. @param more processes by name that take part */
export const cpuOf = (platform: TestPlatform, more: Readonly<Record<string, number>> = {}): Record<string, number> =>
  Object.fromEntries(Object.entries({ ...pidsOf(platform), ...more }).map(([name, pid]) => [name, cpuSecondsOf(pid)]));

/** Seconds of CPU that each process has used since `before`. */
export function cpuSince(
  platform: TestPlatform,
  before: Readonly<Record<string, number>>,
  more: Readonly<Record<string, number>> = {},
): Record<string, number> {
  return Object.fromEntries(
    Object.entries(cpuOf(platform, more)).map(([name, used]) => [name, used - (before[name] ?? 0)]),
  );
}

/** Waits until what has been set off (mails, sagas, projections) is done. */
export async function settle(platform: TestPlatform, withinMs: number): Promise<void> {
  const used = () => Object.values(cpuOf(platform)).reduce((sum, seconds) => sum + seconds, 0);
  for (const end = performance.now() + withinMs; performance.now() < end; ) {
    const before = used();
    await setTimeout(2_000);
    if ((used() - before) / 2 < AT_REST_CORES) return;
  }
  console.log('… the platform has not come to rest; what it still does is in the figures');
}

/** Seconds of CPU that the whole machine has used: of what nobody here started, figures are not free. */
export const cpuOfMachine = (): number =>
  cpus().reduce((sum, { times: { user, nice, sys, irq } }) => sum + user + nice + sys + irq, 0) / 1_000;
