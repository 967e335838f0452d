import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { until } from '@community/testing/wait';
import { afterAll, describe, expect, it } from 'vitest';
import { createClient, type SignedIn } from './graph/client.ts';
import { MeDocument } from './graph/generated/operations.ts';
import { startPlatform, type TestPlatform } from './platform.ts';

const dataDir = mkdtempSync(path.join(tmpdir(), 'community-start-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const start = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['packages/launcher/bin/community.mjs', 'start', ...args],
    { encoding: 'utf8', timeout: 60_000 },
  );
  return { status, output: stdout + stderr };
};

describe('a start', () => {
  let platform: TestPlatform;
  let member: SignedIn;
  afterAll(() => platform?.[Symbol.asyncDispose]());

  async function expectMemberThere(): Promise<void> {
    const { data } = await createClient(platform.url).send(MeDocument, { postIds: [] }, member);
    expect(data.viewer).toMatchObject({ account: { id: member.id }, user: { handle: member.handle } });
  }

  it('loads a community for whoever looks around, after it is ready', async () => {
    platform = await startPlatform({ dataDir, sampleData: true });
    await until(() => platform.output().includes('✓ sample data'), 'the sample data', 90_000);
    const answer = await fetch(`${platform.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ feed(first: 20) { edges { node { title author { handle } } } } }"}',
    });
    const { data } = (await answer.json()) as { data: { feed: { edges: { node: { author: { handle: string } } }[] } } };
    expect(data.feed.edges).toHaveLength(20);
    expect(data.feed.edges.every(({ node }) => node.author.handle)).toBe(true);
    expect(platform.output()).toContain('mina@example.com');
  });

  it('stops within five seconds of Ctrl-C, keeps its data, and its secrets are its owner’s alone', async () => {
    member = await createClient(platform.url).signUp();
    // What a start still does in the background would share the cores with the stop.
    const registryLog = path.join(dataDir, 'data/logs/registry.log');
    await until(() => readFileSync(registryLog, 'utf8').includes('launched: published'), 'the schemas', 60_000);
    const stopped = await platform.stop();
    expect(stopped.code).toBe(0);
    expect(stopped.ms).toBeLessThan(5_000);
    expect(statSync(path.join(dataDir, 'data/secrets.json')).mode & 0o077).toBe(0);
    platform = await startPlatform({ dataDir });
    await expectMemberThere();
  });

  it('goes over what a killed run left behind', async () => {
    process.kill((platform.runtime() as unknown as { pid: number }).pid, 'SIGKILL');
    await platform.stop();
    platform = await startPlatform({ dataDir });
    await expectMemberThere();
  });
});

it('runs a part of the graph alone', async () => {
  await using part = await startPlatform({ args: ['--only', 'user,content'] });
  const ask = async (query: string) =>
    (await (
      await fetch(`${part.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      })
    ).json()) as { data?: object };
  expect(await ask('{ boards { slug } user(handle: "nobody") { id } }')).toEqual({ data: { boards: [], user: null } });
  expect((await ask('{ viewer { account { id } } }')).data).toBeUndefined();
});

it('says in one line what is wrong and what to do', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const folder = path.join(dataDir, 'other');
  const cases: [string[], RegExp][] = [
    [['--port', String(port), '--data-dir', folder], /Port \d+ is in use/],
    [['--data-dir', '/proc/nowhere'], /cannot be written/],
    [['--only', 'nobody'], /There is no subgraph "nobody"/],
    [['--colour', 'red'], /Unknown option --colour/],
  ];
  for (const [args, words] of cases) {
    const { status, output } = start(...args);
    expect(output.trim()).toMatch(words);
    expect(output.trim().split('\n')).toHaveLength(1);
    expect(status).toBe(1);
  }
  await new Promise((resolve) => server.close(resolve));
});
