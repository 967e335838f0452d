import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { processStart } from '@community/database/process-identity';
import { afterAll, expect, it } from 'vitest';
import { EngineUnavailableError } from './engine.ts';
import { kafkaLibraries } from './kafka-libraries.ts';
import { localEngines } from './local-engines.ts';

const root = path.join(import.meta.dirname, '../../..');
const dataDir = mkdtempSync(path.join(tmpdir(), 'community-engines-'));

/** Runs the command as a user does. */
const engines = (command: string, env: NodeJS.ProcessEnv = {}) =>
  new Promise<{ code: number; out: string; err: string }>((resolve) => {
    execFile(
      process.execPath,
      ['--import', 'tsx', 'packages/engines/bin/engines.ts', command, '--data-dir', dataDir],
      { cwd: root, env: { ...process.env, ...env } },
      (error, out, err) => resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    );
  });

afterAll(async () => {
  await engines('down');
  rmSync(dataDir, { recursive: true, force: true });
});

it('says what is missing on a machine without Java and Redis, and starts nothing', async () => {
  const { code, out, err } = await engines('up', { PATH: dataDir });
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toContain('kafka: Kafka cannot run: there is no `java`; install Java 17');
  expect(err).toContain('redis: There is no redis-server on PATH: install Redis');
  expect(localEngines(dataDir).map(({ url }) => url)).toEqual([undefined, undefined]);
});

const unavailable = await kafkaLibraries().then(
  () => undefined,
  (error: unknown) => {
    if (error instanceof EngineUnavailableError) return error.message;
    throw error;
  },
);
it.skipIf(unavailable)(
  `starts engines that stay, once, and ends them${unavailable ? `: ${unavailable}` : ''}`,
  async () => {
    const first = await engines('up');
    expect(first).toMatchObject({ code: 0 });
    expect(first.out).toMatch(/^KAFKA_BROKERS=127\.0\.0\.1:\d+ REDIS_URL=redis:\/\/127\.0\.0\.1:\d+\n$/);
    const started = localEngines(dataDir).map((engine) => ('pid' in engine ? engine.pid : 0));
    for (const pid of started) expect(processStart(pid)).toBeDefined();

    const second = await engines('up');
    expect(second.out).toBe(first.out);
    expect(second.err).toContain(`kafka: runs at`);
    expect(localEngines(dataDir).map((engine) => ('pid' in engine ? engine.pid : 0))).toEqual(started);
    expect((await engines('status')).out).toBe(first.out);

    expect((await engines('down')).err).toBe('ended: kafka, redis\n');
    for (const pid of started) expect(processStart(pid)).toBeUndefined();
    expect(await engines('down')).toMatchObject({ code: 0, err: 'nothing was running\n' });
  },
);
