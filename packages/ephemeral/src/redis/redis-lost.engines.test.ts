import type { Engine } from '@community/engines/engine';
import { startRedis } from '@community/engines/redis';
import { engineOrReason } from '@community/engines/testing';
import { until } from '@community/testing/wait';
import { Redis } from 'ioredis';
import { register } from 'prom-client';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { Ephemeral } from '../ephemeral.ts';
import { rememberingLog, unique } from '../testing.ts';
import { openRedisEphemeral } from './redis-ephemeral.ts';

/** Far more than the time-out of a call and far less than for ever, on a machine under load. */
const BOUND_MS = 3_000;

/** Calls everything once. @returns the longest time that a call took, in milliseconds */
async function callAll(ephemeral: Ephemeral, value: string): Promise<number> {
  const timed = async (call: () => Promise<unknown>) => {
    const start = performance.now();
    await call();
    return performance.now() - start;
  };
  const name = unique('all');
  const times = await Promise.all([
    timed(async () => {
      const answer = await ephemeral.cached(name, ['a'], { seconds: 60, load: async () => [value] });
      expect(answer).toEqual([value]);
    }),
    timed(() => ephemeral.invalidate(name, ['a'])),
    timed(() => ephemeral.publish(name, {})),
    timed(async () => expect((await ephemeral.consume(name, { points: 1, seconds: 60 })).allowed).toBe(true)),
    timed(() => ephemeral.touch(name, 'm', 60)),
    timed(() => ephemeral.present(name, ['m'])),
    timed(() => ephemeral.leave(name, 'm')),
    timed(async () =>
      (
        await ephemeral.subscribe(
          name,
          () => {},
          () => {},
        )
      ).stop(),
    ),
  ]);
  return Math.max(...times);
}

async function metric(name: string, labels: Record<string, string>): Promise<number | undefined> {
  const { values } = (await register.getSingleMetric(name)?.get()) ?? { values: [] };
  return values.find(({ labels: has }) => Object.entries(labels).every(([key, value]) => has[key] === value))?.value;
}

const started = await engineOrReason(startRedis);
if (typeof started === 'string') it.skip(started);
else describe('when Redis is lost', () => lossCases(started));

function lossCases(redis: Engine): void {
  const opened: Ephemeral[] = [];
  afterAll(() => redis.stop());
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((ephemeral) => ephemeral.close()));
  });

  async function open(prefix: string, url = redis.url) {
    const log = rememberingLog();
    const ephemeral = await openRedisEphemeral({ url, prefix, log });
    opened.push(ephemeral);
    return { ephemeral, log };
  }
  /** Two instances of one service. */
  async function openTwo() {
    const prefix = unique('lost');
    const [one, two] = await Promise.all([open(prefix), open(prefix)]);
    return { prefix, one: one.ephemeral, two: two.ephemeral, log: one.log };
  }
  /** Whether the instances count together. */
  async function countTogether(one: Ephemeral, two: Ephemeral): Promise<boolean> {
    const key = unique('together');
    await one.consume(key, { points: 2, seconds: 60 });
    return (await two.consume(key, { points: 2, seconds: 60 })).remaining === 0;
  }

  it('killed in the middle of calls, no call fails or hangs, and all is as before when it is back', async () => {
    const { one, two, log, prefix } = await openTwo();
    const channel = unique('channel');
    const heard: unknown[] = [];
    let gaps = 0;
    await two.subscribe(
      channel,
      (message) => heard.push(message),
      () => {
        gaps += 1;
      },
    );
    expect(await countTogether(one, two)).toBe(true);
    expect(await metric('redis_up', { prefix })).toBe(1);

    let [longest, rounds] = [0, 0];
    let stop = false;
    const calling = Promise.all(
      [one, two, one, two].map(async (ephemeral) => {
        while (!stop) {
          rounds += 1;
          longest = Math.max(longest, await callAll(ephemeral, `value ${rounds}`));
          await new Promise(setImmediate);
        }
      }),
    );
    await until(() => rounds > 50);
    await redis.kill();
    const atDeath = rounds;
    await until(() => rounds > atDeath + 100, 'calls without Redis');
    await until(async () => (await metric('redis_up', { prefix })) === 0);
    // Limits hold in each process.
    const key = unique('limit');
    const limit = { points: 3, seconds: 60 };
    const decisions = [];
    for (let i = 0; i < 5; i += 1) decisions.push((await one.consume(key, limit)).allowed);
    expect(decisions).toEqual([true, true, true, false, false]);

    await redis.restart();
    await until(() => countTogether(one, two), 'limits over both instances');
    await until(() => gaps > 0, 'the word that messages may have been missed');
    await one.publish(channel, { after: true });
    await until(() => heard.some((message) => (message as { after?: boolean }).after), 'a message after the return');
    const atReturn = rounds;
    await until(() => rounds > atReturn + 50);
    stop = true;
    await calling;
    expect(longest).toBeLessThan(BOUND_MS);
    expect(await metric('redis_up', { prefix })).toBe(1);
    const address = redis.url.replace('redis://', '');
    expect(log.lines.map(({ level, message }) => [level, message.slice(0, message.indexOf(':') + 6)])).toEqual(
      expect.arrayContaining([['warn', expect.stringContaining(address)]]),
    );
    expect(log.lines.at(-1)?.message).toBe(`Redis at ${address} answers`);
    // A word when it goes and one when it comes, not one a call.
    expect(log.lines.length).toBeLessThan(8);
  });

  it('silent without having died, calls wait a moment, then not at all, and what was forgotten stays forgotten', async () => {
    const { one, two } = await openTwo();
    const namespace = unique('cache');
    const channel = unique('channel');
    const read = (by: Ephemeral, value: string) =>
      by.cached(namespace, ['a'], { seconds: 60, load: async () => [value] });
    await read(one, 'old');
    expect(await read(two, 'not asked for')).toEqual(['old']);
    let gaps = 0;
    await two.subscribe(
      channel,
      () => {},
      () => {
        gaps += 1;
      },
    );

    process.kill(redis.pid, 'SIGSTOP');
    try {
      expect(await callAll(one, 'alone')).toBeLessThan(BOUND_MS);
      // Three calls in a row are enough to know.
      for (let i = 0; i < 3; i += 1) await one.present('group', ['m']);
      const start = performance.now();
      for (let i = 0; i < 40; i += 1) await one.present('group', ['m']);
      // One a second is tried; the others do not wait.
      expect(performance.now() - start).toBeLessThan(BOUND_MS);
      await one.invalidate(namespace, ['a']);
      await one.publish(channel, { lost: true });
      expect(await read(one, 'new')).toEqual(['new']);
    } finally {
      process.kill(redis.pid, 'SIGCONT');
    }
    expect(await read(one, 'newer')).toEqual(['newer']);
    await until(async () => (await read(two, 'newest'))[0] !== 'old', 'the other instance having forgotten it too');
    await until(() => gaps > 0, 'the other instance knowing that it missed a message');
    await until(() => countTogether(one, two));
  });

  it('only for subscriptions, listeners are told that they may have missed something, and hear again', async () => {
    const { one, two, log, prefix } = await openTwo();
    const channel = unique('channel');
    const heard: unknown[] = [];
    let gaps = 0;
    for (const by of [one, two])
      await by.subscribe(
        channel,
        (message) => heard.push(message),
        () => {
          gaps += 1;
        },
      );
    const admin = new Redis(redis.url);
    await admin.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
    await admin.quit();
    await until(() => gaps === 2);
    await one.publish(channel, { n: 1 });
    await until(() => heard.length === 2);
    expect(heard).toEqual([{ n: 1 }, { n: 1 }]);
    expect(await metric('redis_up', { prefix })).toBe(1);
    expect(log.lines.map(({ message }) => message)).toEqual([
      expect.stringContaining('the connection was cut'),
      expect.stringContaining('answers'),
    ]);
  });

  it('from the start, a service starts without it, and uses it when it comes', async () => {
    await redis.kill();
    const { one, two, log } = await openTwo();
    const heard: unknown[] = [];
    let gaps = 0;
    await two.subscribe(
      'early',
      (message) => heard.push(message),
      () => {
        gaps += 1;
      },
    );
    expect(await callAll(one, 'without')).toBeLessThan(BOUND_MS);
    // A connection that was being opened when it died may be cut first.
    await until(() => log.lines.some(({ message }) => message.includes('nothing listens there (ECONNREFUSED)')));
    await redis.restart();
    await until(() => countTogether(one, two));
    await until(() => gaps > 0);
    await one.publish('early', { n: 1 });
    await until(() => heard.length > 0);
  });

  it('to its own memory limit, calls are answered without it', async () => {
    const admin = new Redis(redis.url);
    const { one, log } = await openTwo();
    await admin.config('SET', 'maxmemory', '1');
    try {
      for (let i = 0; i < 5; i += 1) expect(await callAll(one, 'full')).toBeLessThan(BOUND_MS);
      const words = log.lines.filter(({ message }) => message.includes('it refuses commands (OOM)'));
      expect(words).toHaveLength(1);
    } finally {
      await admin.config('SET', 'maxmemory', '0');
      await admin.quit();
    }
  });

  it('for a wrong password, the log says so, without the password, and the right one works', async () => {
    const admin = new Redis(redis.url);
    const [right, wrong] = ['r:ght@p/ss', 'wr0ng-p4ssword'];
    await admin.config('SET', 'requirepass', right);
    try {
      const at = (user: string, password: string) =>
        redis.url.replace('redis://', `redis://${user}:${encodeURIComponent(password)}@`);
      for (const [user, password] of [
        ['', wrong],
        ['default', wrong],
        ['nobody', wrong],
      ] as const) {
        const { ephemeral, log } = await open(unique('wrong'), at(user, password));
        expect(await callAll(ephemeral, 'without')).toBeLessThan(BOUND_MS);
        expect(log.lines.map(({ message }) => message)).toEqual([
          expect.stringContaining('it refuses the user or the password in REDIS_URL'),
        ]);
        expect(JSON.stringify(log.lines)).not.toContain(password);
      }
      const without = await open(unique('wrong'));
      await until(() => without.log.lines.some(({ message }) => message.includes('password in REDIS_URL')));
      const prefix = unique('right');
      const [one, two] = await Promise.all([open(prefix, at('', right)), open(prefix, at('default', right))]);
      expect(await countTogether(one.ephemeral, two.ephemeral)).toBe(true);
      expect(one.log.lines).toEqual([]);
    } finally {
      await admin.config('SET', 'requirepass', '');
      await admin.quit();
    }
  });

  it('counts what its caches hit and miss', async () => {
    const { one } = await openTwo();
    const namespace = unique('cache');
    for (const keys of [['a', 'b'], ['a', 'c'], ['a']])
      await one.cached(namespace, keys, { seconds: 60, load: async (missing) => missing.map(() => 1) });
    expect(await metric('cache_reads_total', { namespace, outcome: 'hit' })).toBe(2);
    expect(await metric('cache_reads_total', { namespace, outcome: 'miss' })).toBe(3);
  });
}
