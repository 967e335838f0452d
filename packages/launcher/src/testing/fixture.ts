import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '@community/database/free-port';
import type { Report } from '../report.ts';
import type { ServiceProgram } from '../service-process.ts';

/** Waits for a condition. */
export async function until<T>(condition: () => T | Promise<T>, withinMs = 10_000): Promise<NonNullable<T>> {
  for (const deadline = Date.now() + withinMs; ; await pause(20)) {
    const value = await condition();
    if (value) return value as NonNullable<T>;
    if (Date.now() > deadline) throw new Error('it did not come about in time');
  }
}

/** The fixture service on a port of its own. */
export async function fixtureProgram(env: NodeJS.ProcessEnv = {}): Promise<ServiceProgram & { url: string }> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  return {
    name: 'fixture',
    args: ['--import', './child-guard.mjs', './testing/fixture-service.mjs'],
    cwd: `${import.meta.dirname}/..`,
    env: { ...process.env, PORT: String(port), ...env },
    readyUrl: `${url}/ready`,
    url,
  };
}

/** Keeps what was reported, one line each. */
export function recordedReport(): Report & { lines: string[] } {
  const lines: string[] = [];
  return {
    lines,
    done: (part) => lines.push(`done ${part}`),
    info: (text) => lines.push(`info ${text}`),
    warn: (text) => lines.push(`warn ${text}`),
    error: (text) => lines.push(`error ${text}`),
    progress: () => {},
  };
}
