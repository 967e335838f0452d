import { until } from '@community/testing/wait';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EventBus, LogRecord } from './bus.ts';
import { unique } from './testing.ts';

/** What a driver brings to its contract suite. */
export interface BusHarness {
  /** Another instance of the bus on the same log. */
  open(): EventBus;
  close(): Promise<void>;
}

const values = (records: readonly LogRecord[], key?: string): unknown[] =>
  records
    .filter((record) => key === undefined || record.key === key)
    .map((record) => (record.value as { n: number }).n);

const numbered = (key: string, from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => ({ key, value: { n: from + i } }));

/** The behaviour that every driver of the event bus has, whatever log is behind it. */
export function busContract(driver: string, start: () => Promise<BusHarness>): void {
  describe(`the event bus on ${driver}`, () => {
    let harness: BusHarness;
    let bus: EventBus;
    beforeAll(async () => {
      harness = await start();
      bus = harness.open();
    });
    afterAll(async () => {
      await bus.close();
      await harness.close();
    });

    it('delivers the records of a key in order, though many append at once', async () => {
      const [topic, group] = [unique('topic'), unique('group')];
      const seen: LogRecord[] = [];
      const reading = await bus.subscribe({
        group,
        topics: [topic],
        handler: async (records) => void seen.push(...records),
      });
      const writers = await Promise.all([harness.open(), harness.open()]);
      await Promise.all(
        Array.from({ length: 12 }, async (_, key) => {
          for (let n = 0; n < 10; n += 1)
            await (writers[key % 2] as EventBus).append(topic, [{ key: `k${key}`, value: { n } }]);
        }),
      );
      await until(() => seen.length >= 120, 'all records');
      for (let key = 0; key < 12; key += 1) expect(values(seen, `k${key}`)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
      await reading.stop();
      await Promise.all(writers.map((writer) => writer.close()));
    });

    it('gives a new group everything from the earliest record on', async () => {
      const topic = unique('topic');
      await bus.append(topic, numbered('k', 0, 5));
      const seen: LogRecord[] = [];
      const reading = await bus.subscribe({
        group: unique('group'),
        topics: [topic],
        handler: async (records) => void seen.push(...records),
      });
      await until(() => seen.length === 5);
      expect(values(seen)).toEqual([0, 1, 2, 3, 4]);
      await reading.stop();
    });

    it('goes on behind the last record that was handled, and delivers again one whose handler failed', async () => {
      const [topic, group] = [unique('topic'), unique('group')];
      await bus.append(topic, numbered('k', 0, 3));
      const seen: number[] = [];
      let failures = 2;
      const first = await bus.subscribe({
        group,
        topics: [topic],
        async handler(records) {
          const numbers = values(records) as number[];
          if (numbers.includes(1) && failures > 0) {
            failures -= 1;
            throw new Error('not now');
          }
          seen.push(...numbers);
        },
      });
      await until(() => seen.length === 3);
      await first.stop();
      expect(seen).toEqual([0, 1, 2]);
      await bus.append(topic, numbered('k', 3, 5));
      const second = await bus.subscribe({
        group,
        topics: [topic],
        handler: async (records) => void seen.push(...(values(records) as number[])),
      });
      await until(() => seen.length === 5);
      await second.stop();
      expect(seen).toEqual([0, 1, 2, 3, 4]);
    });

    it('hands over all events of the types that a group names, whatever lies between, and is done with the others too', async () => {
      const [topic, group] = [unique('topic'), unique('group')];
      const seen: unknown[] = [];
      const reading = await bus.subscribe({
        group,
        topics: [topic],
        types: ['wanted'],
        handler: async (records) =>
          void seen.push(
            ...records.flatMap(({ value }) => ((value as { type: string }).type === 'wanted' ? value : [])),
          ),
      });
      const event = (n: number, type: string) => ({ key: 'k', value: { n, type } });
      await bus.append(topic, [event(0, 'other')]);
      await bus.append(topic, [event(1, 'other'), event(2, 'wanted'), event(3, 'other')]);
      await bus.append(topic, [event(4, 'other')]);
      await bus.append(topic, [event(5, 'wanted')]);
      await bus.append(topic, [event(6, 'other')]);
      await until(() => seen.length === 2);
      expect(seen).toEqual([event(2, 'wanted').value, event(5, 'wanted').value]);
      await until(async () => (await bus.lag(group))[topic] === 0, 'the others are passed over');
      await reading.stop();
      expect(seen).toHaveLength(2);
    });

    it('shares partitions among the members of a group, and hands over what one leaves behind', async () => {
      const [topic, group] = [unique('topic'), unique('group')];
      const other = harness.open();
      const seen: { by: string; record: LogRecord }[] = [];
      const member = (owner: EventBus, by: string) =>
        owner.subscribe({
          group,
          topics: [topic],
          handler: async (records) => void seen.push(...records.map((record) => ({ by, record }))),
        });
      const [one, two] = [await member(bus, 'one'), await member(other, 'two')];
      let n = 0;
      await until(async () => {
        await bus.append(
          topic,
          Array.from({ length: 16 }, (_, key) => ({ key: `k${key}`, value: { n } })),
        );
        n += 1;
        return new Set(seen.slice(-32).map(({ by }) => by)).size === 2;
      }, 'both members at work');
      await two.stop();
      await other.close();
      const before = n;
      await bus.append(
        topic,
        Array.from({ length: 16 }, (_, key) => ({ key: `k${key}`, value: { n: before } })),
      );
      await until(
        () => seen.filter(({ record }) => (record.value as { n: number }).n === before).length >= 16,
        'the records after one left',
        30_000,
      );
      for (let key = 0; key < 16; key += 1) {
        const all = values(
          seen.map(({ record }) => record),
          `k${key}`,
        ) as number[];
        expect([...new Set(all)]).toEqual(Array.from({ length: before + 1 }, (_, i) => i));
      }
      await one.stop();
    }, 60_000);

    it('waits for a slow consumer: the next records of a partition come when the last ones are done, those that wait at once', async () => {
      const topic = unique('topic');
      let [atWork, most, calls] = [0, 0, 0];
      const seen: LogRecord[] = [];
      const release: (() => void)[] = [];
      const reading = await bus.subscribe({
        group: unique('group'),
        topics: [topic],
        async handler(records) {
          atWork += 1;
          calls += 1;
          most = Math.max(most, atWork);
          seen.push(...records);
          await new Promise<void>((resolve) => release.push(resolve));
          atWork -= 1;
        },
      });
      const releaseUntil = (count: number) =>
        until(() => {
          for (const resolve of release.splice(0)) resolve();
          return seen.length === count && atWork === 0;
        });
      await bus.append(topic, numbered('k', 0, 1));
      await until(() => atWork === 1);
      for (let n = 1; n <= 300; n += 50) await bus.append(topic, numbered('k', n, n + 50));
      await releaseUntil(301);
      expect(values(seen)).toEqual(Array.from({ length: 301 }, (_, n) => n));
      expect(most).toBe(1);
      expect(calls).toBeLessThan(30);
      await reading.stop();
    });

    it('reads again from wherever it is told', async () => {
      const [topic, group] = [unique('topic'), unique('group')];
      await bus.append(topic, numbered('k', 0, 4));
      const read = async (count: number) => {
        const seen: LogRecord[] = [];
        const reading = await bus.subscribe({
          group,
          topics: [topic],
          handler: async (records) => void seen.push(...records),
        });
        await until(() => seen.length >= count);
        await reading.stop();
        return seen;
      };
      const [, , third] = await read(4);
      expect(await bus.lag(group)).toEqual({ [topic]: 0 });
      await bus.seek(group, topic, { partition: third?.partition ?? 0, offset: third?.offset ?? 0 });
      expect(values(await read(2))).toEqual([2, 3]);
      await bus.seek(group, topic, 'earliest');
      expect(await bus.lag(group)).toEqual({ [topic]: 4 });
      expect(values(await read(4))).toEqual([0, 1, 2, 3]);
      await bus.seek(group, topic, 'latest');
      await bus.append(topic, numbered('k', 4, 5));
      expect(values(await read(1))).toEqual([4]);
    });

    it('shows every record to every tail, from a time on', async () => {
      const topic = unique('topic');
      const since = new Date(Date.now() - 60_000);
      await bus.append(topic, numbered('k', 0, 2));
      const seen: LogRecord[][] = [[], []];
      const tails = await Promise.all(
        seen.map((records) => bus.tail({ topic, since, handler: async (record) => void records.push(record) })),
      );
      await until(() => seen.every((records) => records.length === 2));
      await bus.append(topic, numbered('k', 2, 3));
      await until(() => seen.every((records) => records.length === 3));
      for (const records of seen) expect(values(records)).toEqual([0, 1, 2]);
      await Promise.all(tails.map((tail) => tail.stop()));
      const later: LogRecord[] = [];
      const fresh = await bus.tail({
        topic,
        since: new Date(Date.now() + 60_000),
        handler: async (record) => void later.push(record),
      });
      let n = 3;
      await until(async () => {
        await bus.append(topic, numbered('k', n, n + 1));
        n += 1;
        return later.length >= 1;
      });
      expect(Math.min(...(values(later) as number[]))).toBeGreaterThanOrEqual(3);
      await fresh.stop();
    });

    it('forgets what is old, and readers pass over the gap, those that had begun before it too', async () => {
      const [topic, group, begun] = [unique('topic'), unique('group'), unique('group')];
      await bus.append(topic, numbered('k', 0, 3));
      await bus.seek(begun, topic, 'earliest');
      expect(await bus.expire(topic, new Date(Date.now() + 60_000))).toBe(3);
      await bus.append(topic, numbered('k', 3, 4));
      for (const reader of [group, begun]) {
        const seen: LogRecord[] = [];
        const reading = await bus.subscribe({
          group: reader,
          topics: [topic],
          handler: async (records) => void seen.push(...records),
        });
        await until(() => seen.length === 1);
        expect(values(seen)).toEqual([3]);
        await reading.stop();
      }
    });
  });
}
