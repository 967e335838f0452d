import { until } from '@community/testing/wait';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ephemeral } from './ephemeral.ts';
import { unique } from './testing.ts';

/** What a driver brings to its contract suite. */
export interface EphemeralHarness {
  /** Another instance of the same service. */
  open(): Promise<Ephemeral>;
  close(): Promise<void>;
}

const ODD_KEYS = [
  '',
  ' ',
  ':',
  'a:b',
  'a%3Ab',
  '#',
  '__proto__',
  '키\u0000\n',
  '👩‍👩‍👧',
  '\ud800',
  '\ud801',
  'x'.repeat(100_000),
];

/** A promise that is settled from outside. */
function deferred<T>() {
  let resolve: (value: T) => void = () => {};
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

/** The behaviour that every driver has, whatever it shares by. */
export function ephemeralContract(driver: string, start: () => Promise<EphemeralHarness>): void {
  describe(`ephemeral state on ${driver}`, () => {
    let harness: EphemeralHarness;
    let one: Ephemeral;
    let two: Ephemeral;
    beforeAll(async () => {
      harness = await start();
      [one, two] = await Promise.all([harness.open(), harness.open()]);
    });
    afterAll(async () => {
      await Promise.all([one.close(), two.close()]);
      await harness.close();
    });

    /** Asks for cached values and counts what is loaded. */
    function reader(by: Ephemeral, namespace: string, seconds = 60) {
      const loads: string[][] = [];
      let value = 'first';
      return {
        loads,
        change(to: string) {
          value = to;
        },
        read: (...keys: string[]) =>
          by.cached<{ key: string; value: string }>(namespace, keys, {
            seconds,
            async load(missing) {
              loads.push([...missing]);
              return missing.map((key) => ({ key, value }));
            },
          }),
      };
    }

    describe('a cache', () => {
      it('loads what is missing, all at once and in order, and nothing twice', async () => {
        const { read, loads } = reader(one, unique('cache'));
        expect(await read('a', 'b')).toEqual([
          { key: 'a', value: 'first' },
          { key: 'b', value: 'first' },
        ]);
        expect(await read('c', 'b', 'd', 'c')).toEqual(['c', 'b', 'd', 'c'].map((key) => ({ key, value: 'first' })));
        expect(await read()).toEqual([]);
        expect(loads).toEqual([
          ['a', 'b'],
          ['c', 'd'],
        ]);
      });

      it('is shared by all instances', async () => {
        const namespace = unique('cache');
        const [mine, theirs] = [reader(one, namespace), reader(two, namespace)];
        await mine.read('a');
        expect(await theirs.read('a')).toEqual([{ key: 'a', value: 'first' }]);
        expect(theirs.loads).toEqual([]);
      });

      it('keeps a value for its time and no longer', async () => {
        const { read, loads, change } = reader(one, unique('cache'), 0.3);
        await read('a');
        change('second');
        await until(async () => (await read('a'))[0]?.value === 'second', 'the end of the time to live');
        expect(loads.length).toBe(2);
      });

      it('keeps the same name in two namespaces apart, and keys of any kind', async () => {
        const [left, right] = [unique('cache'), unique('cache')];
        for (const namespace of [left, `${left}:a`, right]) {
          const { read } = reader(one, namespace);
          expect((await read(...ODD_KEYS)).map((value) => value?.key)).toEqual(ODD_KEYS);
          const again = reader(two, namespace);
          expect((await again.read(...ODD_KEYS)).map((value) => value?.key)).toEqual(ODD_KEYS);
          expect(again.loads).toEqual([]);
        }
        await one.invalidate(left, ODD_KEYS);
        const [gone, kept] = [reader(one, left), reader(one, right)];
        await Promise.all([gone.read(...ODD_KEYS), kept.read(...ODD_KEYS)]);
        expect([gone.loads.flat().length, kept.loads.flat().length]).toEqual([ODD_KEYS.length, 0]);
      });

      it('takes more keys at once than a page has', async () => {
        const { read, loads } = reader(one, unique('cache'));
        const keys = Array.from({ length: 2_500 }, (_, i) => `key-${i}`);
        expect((await read(...keys)).map((value) => value?.key)).toEqual(keys);
        await read(...keys);
        expect(loads.map((missing) => missing.length)).toEqual([2_500]);
      });

      it('gives everybody values of their own, in the form of JSON, on a miss as on a hit', async () => {
        const options = { seconds: 60, load: async () => [{ at: new Date(0), tags: ['a'] }] };
        const namespace = unique('cache');
        const answers = [];
        for (let i = 0; i < 2; i += 1) {
          const [value] = await one.cached(namespace, ['a'], options);
          expect(value).toEqual({ at: '1970-01-01T00:00:00.000Z', tags: ['a'] });
          value?.tags.push('changed');
          answers.push(value);
        }
        expect(answers[0]).not.toBe(answers[1]);
      });

      it('gives what is read of a value, on a miss as on a hit, and reads nothing where there is nothing', async () => {
        const namespace = unique('cache');
        const options = {
          seconds: 60,
          load: async (missing: readonly string[]) =>
            missing.map((key) => (key === 'nobody' ? null : { at: new Date(0).toISOString() })),
          read: ({ at }: { at: string }) => new Date(at),
        };
        for (let i = 0; i < 2; i += 1)
          expect(await one.cached(namespace, ['a', 'nobody', 'a'], options)).toEqual([new Date(0), null, new Date(0)]);
        await one.invalidate(namespace, ['a']);
        const later = { ...options, load: async () => [{ at: '2026-01-01T00:00:00.000Z' }] };
        expect(await one.cached(namespace, ['a'], later)).toEqual([new Date('2026-01-01T00:00:00.000Z')]);
      });

      it('does not keep that there is nothing', async () => {
        const namespace = unique('cache');
        let [there, loads] = [false, 0];
        const read = () =>
          one.cached(namespace, ['a'], {
            seconds: 60,
            async load() {
              loads += 1;
              return [there ? { here: true } : null];
            },
          });
        expect([await read(), await read()]).toEqual([[null], [null]]);
        there = true;
        expect([await read(), await read(), loads]).toEqual([[{ here: true }], [{ here: true }], 3]);
      });

      it('loads once for many who miss at the same time', async () => {
        const namespace = unique('cache');
        const gate = deferred<void>();
        const loaded: string[] = [];
        const read = (keys: string[]) =>
          one.cached(namespace, keys, {
            seconds: 60,
            async load(missing) {
              loaded.push(...missing);
              await gate.promise;
              return missing.map((key) => ({ key }));
            },
          });
        const all = Promise.all([
          ...Array.from({ length: 50 }, () => read(['a', 'b'])),
          read(['b', 'c']),
          read(['c', 'a', 'd']),
        ]);
        await until(() => loaded.length >= 4);
        gate.resolve();
        for (const values of await all) expect(values).not.toContain(null);
        expect(loaded.sort()).toEqual(['a', 'b', 'c', 'd']);
      });

      it('does not keep what a load brings that began before the value was forgotten, wherever that was', async () => {
        for (const forgets of [one, two]) {
          const namespace = unique('cache');
          const gate = deferred<void>();
          let began = false;
          const slow = one.cached(namespace, ['a'], {
            seconds: 60,
            async load() {
              began = true;
              await gate.promise;
              return ['old'];
            },
          });
          await until(() => began);
          await forgets.invalidate(namespace, ['a']);
          const fresh = { seconds: 60, load: async () => ['new'] };
          // Who asks now does not get what is being loaded either.
          expect(await one.cached(namespace, ['a'], fresh)).toEqual(['new']);
          gate.resolve();
          expect(await slow).toEqual(['old']);
          const never = { seconds: 60, load: async () => ['loaded again'] };
          expect(await one.cached(namespace, ['a'], never)).toEqual(['new']);
          expect(await two.cached(namespace, ['a'], never)).toEqual(['new']);
        }
      });

      it('forgets on every instance at once', async () => {
        const namespace = unique('cache');
        const [mine, theirs] = [reader(one, namespace), reader(two, namespace)];
        for (let i = 0; i < 20; i += 1) {
          await Promise.all([mine.read('a', 'b'), theirs.read('a', 'b')]);
          for (const { change } of [mine, theirs]) change(`value ${i}`);
          await (i % 2 ? one : two).invalidate(namespace, ['a']);
          expect((await mine.read('a'))[0]?.value).toBe(`value ${i}`);
          expect((await theirs.read('a'))[0]?.value).toBe(`value ${i}`);
        }
        await one.invalidate(namespace, []);
        await one.invalidate(namespace, ['never seen']);
      });

      it('keeps nothing of a load that fails, and whoever waited for it loads for himself', async () => {
        const namespace = unique('cache');
        const gate = deferred<(string | null)[]>();
        let began = false;
        const failing = one.cached<string>(namespace, ['a'], {
          seconds: 60,
          load() {
            began = true;
            return gate.promise;
          },
        });
        const failed = expect(failing).rejects.toThrow('the source is away');
        await until(() => began);
        const good = (value: string) => ({
          seconds: 60,
          load: async (missing: readonly string[]) => missing.map(() => value),
        });
        const waiting = one.cached(namespace, ['a', 'b'], good('waited'));
        gate.reject(new Error('the source is away'));
        await failed;
        expect(await waiting).toEqual(['waited', 'waited']);
        expect(await two.cached(namespace, ['a', 'b'], good('later'))).toEqual(['later', 'waited']);
        await expect(
          one.cached(namespace, ['c'], { seconds: 60, load: async () => ['one', 'too many'] }),
        ).rejects.toThrow('asked for 1 values and brought 2');
        expect(await one.cached(namespace, ['a'], good('not asked for'))).toEqual(['later']);
      });
    });

    describe('a channel', () => {
      async function listen(by: Ephemeral, channel: string) {
        const heard: unknown[] = [];
        let gaps = 0;
        const subscription = await by.subscribe(
          channel,
          (message) => heard.push(message),
          () => {
            gaps += 1;
          },
        );
        return { heard, gaps: () => gaps, stop: () => subscription.stop() };
      }

      it('brings every message to every listener of every instance, once and in order', async () => {
        const channel = unique('channel');
        const ears = await Promise.all([listen(one, channel), listen(one, channel), listen(two, channel)]);
        const messages = Array.from({ length: 300 }, (_, n) => ({ n, text: '안녕 👋' }));
        await Promise.all(messages.map((message) => one.publish(channel, message)));
        for (const { heard } of ears) await until(() => heard.length >= 300);
        await two.publish(channel, { last: true });
        for (const { heard, gaps } of ears) {
          await until(() => heard.length > 300);
          expect(heard).toEqual([...messages, { last: true }]);
          expect(gaps()).toBe(0);
        }
      });

      it('is apart from every other, whatever they are called', async () => {
        const base = unique('channel');
        const names = ODD_KEYS.map((key) => base + key);
        const ears = await Promise.all(names.map((name) => listen(two, name)));
        await Promise.all(names.map((name, n) => one.publish(name, { n })));
        for (const [n, { heard }] of ears.entries()) {
          await until(() => heard.length > 0);
          expect(heard).toEqual([{ n }]);
        }
      });

      it('is silent for whoever stopped listening, and only for him', async () => {
        const channel = unique('channel');
        const [stays, goes] = [await listen(one, channel), await listen(one, channel)];
        await one.publish(channel, { n: 1 });
        await until(() => stays.heard.length === 1 && goes.heard.length === 1);
        await goes.stop();
        await goes.stop();
        await one.publish(channel, { n: 2 });
        await until(() => stays.heard.length === 2);
        await stays.stop();
        await one.publish(channel, { n: 3 });
        const again = await listen(one, channel);
        await one.publish(channel, { n: 4 });
        await until(() => again.heard.length > 0);
        expect([stays.heard, goes.heard, again.heard]).toEqual([[{ n: 1 }, { n: 2 }], [{ n: 1 }], [{ n: 4 }]]);
      });

      it('brings messages also to listeners beside one that fails', async () => {
        const channel = unique('channel');
        const before = await listen(one, channel);
        const failing = [
          () => {
            throw new Error('a bug in a listener');
          },
          async () => {
            throw new Error('a bug in a listener that waits');
          },
        ];
        for (const listener of failing) await one.subscribe(channel, listener, () => {});
        const after = await listen(one, channel);
        for (let n = 0; n < 3; n += 1) await two.publish(channel, { n });
        for (const { heard } of [before, after]) {
          await until(() => heard.length === 3);
          expect(heard).toEqual([{ n: 0 }, { n: 1 }, { n: 2 }]);
        }
      });

      it('takes a message of 1 MB and one that nobody hears', async () => {
        const channel = unique('channel');
        await one.publish(channel, { nobody: true });
        const ear = await listen(two, channel);
        const text = 'x'.repeat(2 ** 20);
        await one.publish(channel, { text });
        await until(() => ear.heard.length > 0);
        expect(ear.heard.map((message) => (message as { text?: string }).text === text)).toEqual([true]);
      });
    });

    describe('a limit', () => {
      it('lets exactly so many through, though all instances are asked at once', async () => {
        const key = unique('limit');
        const limit = { points: 30, seconds: 60 };
        const decisions = await Promise.all(
          Array.from({ length: 100 }, (_, i) => (i % 2 ? one : two).consume(key, limit)),
        );
        expect(decisions.filter(({ allowed }) => allowed)).toHaveLength(30);
        expect(decisions.map(({ remaining }) => remaining).sort((a, b) => b - a)).toEqual(
          Array.from({ length: 100 }, (_, i) => Math.max(0, 29 - i)),
        );
        for (const decision of decisions) {
          expect(decision.limit).toBe(30);
          expect(decision.resetSeconds).toBeGreaterThan(50);
          expect(decision.resetSeconds).toBeLessThanOrEqual(60);
        }
      });

      it('lets through again when its time is over, which begins with the first call and not with the last', async () => {
        const key = unique('limit');
        const limit = { points: 1, seconds: 0.5 };
        const start = performance.now();
        expect((await one.consume(key, limit)).allowed).toBe(true);
        await until(async () => (await two.consume(key, limit)).allowed, 'a new window');
        expect(performance.now() - start).toBeGreaterThan(400);
      });

      it('counts each key and each length of time for itself', async () => {
        const key = unique('limit');
        for (const each of [...ODD_KEYS.map((odd) => key + odd), `${key}other`]) {
          for (const seconds of [60, 3_600]) {
            expect(await one.consume(each, { points: 1, seconds })).toMatchObject({ allowed: true, remaining: 0 });
            expect(await two.consume(each, { points: 1, seconds })).toMatchObject({ allowed: false, remaining: 0 });
          }
        }
      });
    });

    describe('presence', () => {
      it('is told once when it begins and once when it ends, to whoever changed it', async () => {
        const [group, member] = [unique('group'), unique('member')];
        const instances = Array.from({ length: 20 }, (_, i) => (i % 2 ? one : two));
        const began = await Promise.all(instances.map((by) => by.touch(group, member, 60)));
        expect(began.filter(Boolean)).toHaveLength(1);
        expect(await two.present(group, [member, 'nobody'])).toEqual(new Set([member]));
        const ended = await Promise.all(instances.map((by) => by.leave(group, member)));
        expect(ended.filter(Boolean)).toHaveLength(1);
        expect(await one.present(group, [member])).toEqual(new Set());
        expect(await one.touch(group, member, 60)).toBe(true);
      });

      it('ends by time unless it is renewed', async () => {
        const group = unique('group');
        await one.touch(group, 'brief', 0.3);
        await one.touch(group, 'renewed', 0.3);
        await two.touch(group, 'renewed', 60);
        await until(async () => !(await two.present(group, ['brief'])).has('brief'), 'the end of a presence');
        expect(await one.present(group, ['brief', 'renewed'])).toEqual(new Set(['renewed']));
        expect(await one.leave(group, 'brief')).toBe(false);
        expect(await one.touch(group, 'brief', 60)).toBe(true);
        expect(await one.present(group, [])).toEqual(new Set());
      });

      it('is known of many members, each group for itself, whatever they are called', async () => {
        const [group, other] = [unique('group'), unique('group')];
        const members = [...ODD_KEYS, ...Array.from({ length: 10_000 }, (_, i) => `member-${i}`)];
        await Promise.all(members.map((member) => one.touch(group, member, 60)));
        expect((await two.present(group, members)).size).toBe(members.length);
        expect(await two.present(other, members)).toEqual(new Set());
      });
    });
  });
}
