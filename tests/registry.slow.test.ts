import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { roverBinary, roverEnvironment } from '@community/rover/rover-binary';
import { until } from '@community/testing/wait';
import { describe, expect, test } from 'vitest';
import { startPlatform, type TestPlatform } from './platform.ts';

const run = promisify(execFile);

async function ask(platform: TestPlatform, query: string) {
  const response = await fetch(`${platform.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'apollographql-client-name': 'registry-test' },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as { data?: Record<string, unknown>; errors?: { message: string }[] };
}

/** Runs the real Rover against the platform's registry. */
async function rover(platform: TestPlatform, dataDir: string, args: readonly string[]) {
  const { url } = platform.runtime().services.registry ?? { url: '' };
  const secrets = JSON.parse(readFileSync(path.join(dataDir, 'data/secrets.json'), 'utf8')) as Record<string, string>;
  return run(await roverBinary(), [...args], {
    env: { PATH: process.env.PATH, HOME: dataDir, ...roverEnvironment(url, String(secrets.REGISTRY_KEY)) },
  });
}

const describe_ = '{ __type(name: "Post") { description } }';
const descriptionOf = async (platform: TestPlatform) =>
  ((await ask(platform, describe_)).data?.__type as { description: string } | undefined)?.description;

/** Asks by a document's id alone, as a client does whose answers are to be cached on the way. */
const persisted = (platform: TestPlatform, id: string) => {
  const extensions = JSON.stringify({ persistedQuery: { version: 1, sha256Hash: id } });
  return fetch(`${platform.url}/graphql?extensions=${encodeURIComponent(extensions)}`);
};

const { HIVE_ROUTER_BIN } = process.env;
describe.each([
  ['the embedded gateway', [], false],
  // Without HIVE_ROUTER_BIN there is no Hive Router to start.
  ['Hive Router', ['--router', 'hive-router'], !HIVE_ROUTER_BIN],
] as const)('on %s', (_, args, absent) => {
  test.skipIf(absent)(
    'a publish by Rover changes the running graph in 15 s with no request dropped, and outlives registry and restart',
    async () => {
      const dataDir = mkdtempSync(path.join(tmpdir(), 'community-registry-'));
      const sdl = readFileSync('subgraphs/content/schema.graphql', 'utf8');
      const changed = path.join(dataDir, 'content.graphql');
      writeFileSync(
        changed,
        sdl.replace(/("""[^"]*"""|"[^"]*")\ntype Post\b/, '"Published while it runs."\ntype Post'),
      );
      try {
        const platform = await startPlatform({ dataDir, args });
        try {
          await until(() =>
            /launched: published/.test(readFileSync(path.join(dataDir, 'data/logs/registry.log'), 'utf8')),
          );
          await until(
            async () => (await rover(platform, dataDir, ['contract', 'describe', 'community@mobile'])).stdout,
          );

          let [running, asked] = [true, 0];
          const failures: unknown[] = [];
          const load = Array.from({ length: 3 }, async () => {
            while (running) {
              const answer = await ask(platform, '{ boards { name } }').catch((error: unknown) => ({
                data: undefined,
                errors: [error],
              }));
              asked += 1;
              if (answer.errors || !answer.data) failures.push(answer);
            }
          });
          const start = Date.now();
          const { stderr } = await rover(platform, dataDir, [
            'subgraph',
            'publish',
            'community@current',
            '--name',
            'content',
            '--schema',
            changed,
          ]);
          expect(stderr).toContain('updated');
          await until(
            async () => (await descriptionOf(platform)) === 'Published while it runs.',
            'the new schema being served',
            15_000,
          );
          const seconds = (Date.now() - start) / 1000;
          const before = asked;
          await until(() => asked > before + 50);

          const manifest = path.join(dataDir, 'manifest.json');
          const body = 'query Boards { boards { name } }';
          const operations = [{ id: 'boards', name: 'Boards', type: 'query', body }];
          writeFileSync(
            manifest,
            JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations }),
          );
          await rover(platform, dataDir, ['persisted-queries', 'publish', 'community@current', '--manifest', manifest]);
          await until(
            async () => ((await (await persisted(platform, 'boards')).json()) as { data?: unknown }).data,
            'the document being served',
            15_000,
          );
          const response = await persisted(platform, 'boards');
          expect(response.headers.get('cache-control')).toMatch(/^public, max-age=/);
          expect(await response.json()).toHaveProperty('data.boards');
          expect((await persisted(platform, 'nothing')).headers.get('cache-control')).toBe('no-store');

          // Without its registry the graph goes on, and what was published is not lost with the process.
          process.kill(platform.runtime().services.registry?.pid ?? 0, 'SIGKILL');
          await until(() => asked > before + 150);
          running = false;
          await Promise.all(load);
          expect(failures).toEqual([]);
          console.log(`published and served in ${seconds.toFixed(1)} s, ${asked} requests`);
          await until(
            async () =>
              (await rover(platform, dataDir, ['subgraph', 'list', 'community@current'])).stdout.includes('content'),
            'the registry being back',
            30_000,
          );
        } finally {
          await platform.stop();
        }

        const again = await startPlatform({ dataDir, args });
        try {
          expect(await descriptionOf(again)).toBe('Published while it runs.');
          const { stdout } = await rover(again, dataDir, [
            'subgraph',
            'fetch',
            'community@current',
            '--name',
            'content',
          ]);
          expect(stdout).toContain('Published while it runs.');
        } finally {
          await again.stop();
        }
      } finally {
        rmSync(dataDir, { recursive: true, force: true });
      }
    },
  );
});
