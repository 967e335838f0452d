import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { processStart } from '@community/database/process-identity';
import { describe, expect, it } from 'vitest';
import { openLogFile } from './log-file.ts';
import { type ServiceEvent, ServiceProcess } from './service-process.ts';
import { fixtureProgram, until } from './testing/fixture.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

async function launch(env: NodeJS.ProcessEnv = {}) {
  const folder = temporaryFolder();
  const log = openLogFile(join(folder.path, 'fixture.log'));
  const events: ServiceEvent[] = [];
  const program = await fixtureProgram(env);
  const service = new ServiceProcess(program, log, (event) => events.push(event));
  service.start();
  const nth = <Kind extends ServiceEvent['kind']>(kind: Kind, count = 1) =>
    until(
      () => events.filter((event): event is Extract<ServiceEvent, { kind: Kind }> => event.kind === kind)[count - 1],
    );
  return {
    service,
    events,
    nth,
    url: program.url,
    logged: () => readFileSync(log.path, 'utf8'),
    async [Symbol.asyncDispose]() {
      await service.stop(1_000);
      log.close();
      folder[Symbol.dispose]();
    },
  };
}

describe('a service', () => {
  it('is started again at the same address when it is killed', async () => {
    await using fixture = await launch();
    await fixture.nth('ready');
    const first = fixture.service.pid;
    process.kill(first as number, 'SIGKILL');
    expect(await fixture.nth('died')).toMatchObject({ reason: 'killed by SIGKILL', failures: 1, pauseMs: 250 });
    await fixture.nth('ready', 2);
    expect(fixture.service.pid).not.toBe(first);
    expect(await (await fetch(fixture.url)).json()).toMatchObject({ pid: fixture.service.pid });
  });

  it('tells the error that it crashed with, and keeps its stack in the log', async () => {
    await using fixture = await launch();
    await fixture.nth('ready');
    await fetch(`${fixture.url}/crash`).catch(() => {});
    expect(await fixture.nth('died')).toMatchObject({ reason: 'TypeError: a crash that was asked for' });
    expect(fixture.logged()).toContain('fixture-service.mjs');
  });

  it('waits longer each time when it keeps dying, and says what it printed last', async () => {
    await using fixture = await launch({ DIE_AT_START: '1' });
    const third = await fixture.nth('died', 3);
    expect(third).toMatchObject({ failures: 3, pauseMs: 1_000 });
    expect(third.reason).toBe('configuration: FLAVOUR is not set (see "Configuration" in README.md)');
  });

  it('stops in order when it is asked to, and is not started again', async () => {
    await using fixture = await launch();
    await fixture.nth('ready');
    await fixture.service.stop(2_000);
    expect(fixture.logged()).toContain('stopped in order');
    expect(fixture.service.pid).toBeUndefined();
    expect(fixture.events.map(({ kind }) => kind)).not.toContain('died');
  });

  it('is killed when it does not stop in time', async () => {
    await using fixture = await launch({ STUBBORN: '1' });
    await fixture.nth('ready');
    await fixture.service.stop(100);
    expect(fixture.service.pid).toBeUndefined();
  });

  it('passes on warnings of its log', async () => {
    await using fixture = await launch();
    await fixture.nth('ready');
    await fetch(`${fixture.url}/warn`);
    expect(await fixture.nth('notice')).toEqual({
      kind: 'notice',
      notice: { level: 'warn', message: 'the milk is sour' },
    });
  });

  it('ends when its launcher is killed', async () => {
    const launcher = fork(join(import.meta.dirname, 'testing/fixture-launcher.ts'), { execArgv: ['--import', 'tsx'] });
    const pid = await new Promise<number>((resolve) => launcher.once('message', (message) => resolve(Number(message))));
    const start = processStart(pid);
    expect(start).toBeDefined();
    launcher.kill('SIGKILL');
    await until(() => processStart(pid) !== start);
  });
});
