import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { askControl } from './control.ts';
import { readRuntime } from './runtime-file.ts';
import { until } from './testing/fixture.ts';
import { fixturePlatform, fixtureRepository } from './testing/fixture-repository.ts';

interface Answer {
  readonly name: string;
  readonly pid: number;
  readonly env: Record<string, string>;
}

const ask = async (url: string): Promise<Answer | undefined> => {
  const response = await fetch(url).catch(() => undefined);
  return response && ((await response.json()) as Answer);
};

describe('the platform', () => {
  it('starts everything, gives each service its own secrets and databases only, and stops the gateway first', async () => {
    using repository = fixtureRepository();
    const { platform, folder, url } = await fixturePlatform(repository.root);
    expect(await platform.start()).toEqual([]);

    expect(statSync(folder.runtime).mode & 0o777).toBe(0o600);
    const runtime = readRuntime(folder.runtime);
    const alpha = await ask(runtime?.services.alpha?.url ?? '');
    const gateway = await ask(url);
    expect(alpha?.env).toMatchObject({
      HOST: '127.0.0.1',
      SUBGRAPH_URL_BETA: runtime?.services.beta?.url,
      DATABASE_URL_ALPHA: expect.stringMatching(/^postgres/),
    });
    expect(alpha?.env).not.toHaveProperty('DATABASE_URL_BETA');
    expect(alpha?.env).not.toHaveProperty('KEY_ENCRYPTION_SECRET');
    expect(gateway?.env.ROUTER_SECRET).toBe(alpha?.env.ROUTER_SECRET);
    expect(Object.keys(gateway?.env ?? {}).filter((name) => name.startsWith('DATABASE_URL'))).toEqual([]);
    expect(readFileSync(gateway?.env.SUPERGRAPH_PATH ?? '', 'utf8')).toContain('alpha');

    const begin = performance.now();
    await platform.stop();
    expect(performance.now() - begin).toBeLessThan(5_000);
    expect(readFileSync(join(repository.root, 'stopped'), 'utf8')).toMatch(/^gateway (alpha beta|beta alpha) $/);
    expect(existsSync(folder.runtime)).toBe(false);
    expect(existsSync(join(folder.postgres, 'cluster/postmaster.pid'))).toBe(false);
  });

  it('brings back what is killed, PostgreSQL too, at the same addresses', async () => {
    using repository = fixtureRepository();
    const { platform, folder } = await fixturePlatform(repository.root, { only: ['alpha'] });
    await platform.start();
    const before = readRuntime(folder.runtime);
    process.kill(before?.services.alpha?.pid ?? 0, 'SIGKILL');
    process.kill(before?.postgres?.pid ?? 0, 'SIGKILL');
    const after = await until(() => {
      const now = readRuntime(folder.runtime);
      return now?.services.alpha?.pid &&
        now.postgres?.pid &&
        now.services.alpha.pid !== before?.services.alpha?.pid &&
        now.postgres.pid !== before?.postgres?.pid
        ? now
        : undefined;
    });
    expect(after.services.alpha?.url).toBe(before?.services.alpha?.url);
    expect(after.postgres?.port).toBe(before?.postgres?.port);
    expect(after.services.gateway?.pid).toBe(before?.services.gateway?.pid);
    await platform.stop();
  });

  it('starts again only what was edited, and composes an edited schema', async () => {
    using repository = fixtureRepository();
    const { platform, folder, report } = await fixturePlatform(repository.root, { watch: true });
    await platform.start();
    const before = readRuntime(folder.runtime);
    repository.write('subgraphs/alpha/src/name.ts', "export const name: string = 'edited';\n");
    await until(async () => (await ask(before?.services.alpha?.url ?? ''))?.name === 'edited');
    expect(readRuntime(folder.runtime)?.services.beta?.pid).toBe(before?.services.beta?.pid);

    repository.write('subgraphs/alpha/src/name.ts', 'export const name = ;\n');
    await until(() => report.lines.find((line) => line.includes('subgraphs/alpha/src/name.ts:1')));
    expect((await ask(before?.services.alpha?.url ?? ''))?.name).toBe('edited');

    repository.write('subgraphs/alpha/schema.graphql', 'type Query { alpha: String gamma: Int }\n');
    await until(() => readFileSync(folder.supergraph, 'utf8').includes('gamma'));
    await platform.stop();
  });

  it('lends a subgraph to another launcher, and takes it back when that one is gone', async () => {
    using repository = fixtureRepository();
    const { platform, folder } = await fixturePlatform(repository.root, { only: ['alpha'] });
    await platform.start();
    const { control, services } = readRuntime(folder.runtime) ?? {};
    const url = services?.alpha?.url ?? '';
    if (!control) throw new Error('there is no control');
    expect(await askControl({ ...control, secret: 'guessed' }, '/join/alpha')).toEqual({ refusal: 'Not for you.' });
    expect(await askControl(control, '/join/gateway')).toEqual({
      refusal: 'The running graph has no subgraph "gateway".',
    });

    const held = await askControl(control, '/join/alpha');
    expect(await ask(url)).toBeUndefined();
    expect(await askControl(control, '/join/alpha')).toEqual({ refusal: 'Somebody else runs alpha already.' });
    if ('release' in held) held.release();
    expect(await until(() => ask(url))).toMatchObject({ name: 'alpha' });
    await platform.stop();
  });

  it('says in one line what does not build, and leaves nothing running', async () => {
    using repository = fixtureRepository();
    repository.write('subgraphs/beta/src/main.ts', "import './missing.ts';\n");
    const { platform, folder } = await fixturePlatform(repository.root);
    await expect(platform.start()).rejects.toThrow(
      'Cannot be built: subgraphs/beta/src/main.ts:1: Could not resolve "./missing.ts"',
    );
    await platform.stop();
    expect(existsSync(join(folder.postgres, 'cluster/postmaster.pid'))).toBe(false);
  });

  it('goes on without a service that keeps dying, and says why it dies', async () => {
    using repository = fixtureRepository();
    repository.write('subgraphs/beta/src/main.ts', "throw new RangeError('no room');\n");
    const { platform, report, url } = await fixturePlatform(repository.root);
    expect(await platform.start()).toEqual(['beta']);
    expect(report.lines.filter((line) => line.includes('no room'))).toHaveLength(2);
    expect(report.lines.find((line) => line.startsWith('error beta keeps dying: RangeError: no room'))).toContain(
      'beta.log',
    );
    expect(await ask(url)).toMatchObject({ name: 'gateway' });
    await platform.stop();
  });
});
