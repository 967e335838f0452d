import type { Engine } from '@community/engines/engine';
import { until } from '@community/testing/wait';
import { ConfigResourceTypes, Kafka, logLevel } from 'kafkajs';
import { describe, expect, it } from 'vitest';
import type { EventBus, LogRecord } from '../bus.ts';
import { quiet, unique } from '../testing.ts';
import { createKafkaBus } from './kafka-bus.ts';

const n = (record: LogRecord): number => (record.value as { n: number }).n;

/** What holds on Kafka beyond the contract of every driver: topics, membership, what other programs write. */
export function kafkaCases(kafka: Engine): void {
  const open = (): EventBus => createKafkaBus({ settings: { brokers: [kafka.url], ssl: false }, log: quiet });
  const plain = () => new Kafka({ brokers: [kafka.url], logLevel: logLevel.NOTHING });

  describe('the event bus on Kafka, beyond the contract', () => {
    it('makes topics with eight partitions, a retention of a week, and a month for dead letters', async () => {
      const topic = unique('topic');
      await using bus = disposable(open());
      await bus.append(topic, [{ key: 'k', value: {} }]);
      await bus.append(`${topic}.dead-letter`, [{ key: 'k', value: {} }]);
      const admin = plain().admin();
      await admin.connect();
      const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
      expect(topics[0]?.partitions).toHaveLength(8);
      const { resources } = await admin.describeConfigs({
        includeSynonyms: false,
        resources: [topic, `${topic}.dead-letter`].map((name) => ({
          type: ConfigResourceTypes.TOPIC,
          name,
          configNames: ['retention.ms'],
        })),
      });
      const days = resources.map(({ configEntries }) => Number(configEntries[0]?.configValue) / 86_400_000);
      expect(days).toEqual([7, 30]);
      await admin.disconnect();
    });

    it('appends what is larger than a broker takes at once, in order', async () => {
      const topic = unique('topic');
      await using bus = disposable(open());
      const padding = 'x'.repeat(30_000);
      await bus.append(
        topic,
        Array.from({ length: 100 }, (_, index) => ({ key: 'k', value: { n: index, padding } })),
      );
      const seen: number[] = [];
      await bus.tail({ topic, since: new Date(0), handler: async (record) => void seen.push(n(record)) });
      await until(() => seen.length === 100);
      expect(seen).toEqual(Array.from({ length: 100 }, (_, index) => index));
    });

    it('hands over what other programs wrote as it is, and goes on behind it', async () => {
      const topic = unique('topic');
      await using bus = disposable(open());
      await bus.append(topic, [{ key: 'k', value: { n: 0 } }]);
      const producer = plain().producer({ createPartitioner: () => () => 0 });
      await producer.connect();
      await producer.send({
        topic,
        messages: [
          { key: null, value: 'no JSON' },
          { key: 'k', value: null },
        ],
      });
      await producer.disconnect();
      const seen: LogRecord[] = [];
      await bus.subscribe({
        group: unique('group'),
        topics: [topic],
        handler: async (records) => void seen.push(...records),
      });
      await until(() => seen.length === 3);
      expect(seen.map(({ key, value }) => ({ key, value }))).toEqual(
        expect.arrayContaining([
          { key: '', value: 'no JSON' },
          { key: 'k', value: null },
        ]),
      );
    });

    it('keeps its membership while a record fails for longer than a session, holds up its partition only, and counts it as lag', async () => {
      const [topic, group] = [unique('topic'), unique('group')];
      await using bus = disposable(open());
      await using other = disposable(open());
      const keys = Array.from({ length: 64 }, () => unique('k'));
      await bus.append(topic, [{ key: 'stuck', value: { n: 0 } }]);
      let broken = true;
      let failures = 0;
      const seen: LogRecord[] = [];
      await bus.subscribe({
        group,
        topics: [topic],
        async handler(records) {
          if (broken && records.some(({ key }) => key === 'stuck')) {
            failures += 1;
            throw new Error('not now');
          }
          seen.push(...records);
        },
      });
      await until(() => failures > 0);
      expect(await bus.lag(group)).toEqual({ [topic]: 1 });
      const admin = plain().admin();
      await admin.connect();
      const member = async () =>
        (await admin.describeGroups([group])).groups[0]?.members.map(({ memberId }) => memberId);
      const before = await member();
      expect(before).toHaveLength(1);
      const stuckSince = Date.now();
      let round = 0;
      await until(
        async () => {
          round += 1;
          await other.append(
            topic,
            keys.map((key) => ({ key, value: { n: round } })),
          );
          return Date.now() - stuckSince > 9_000;
        },
        'more than a session',
        20_000,
      );
      expect(await member()).toEqual(before);
      expect(new Set(seen.map(({ partition }) => partition)).size).toBe(7);
      broken = false;
      await until(() => seen.length === keys.length * round + 1, 'all records');
      for (const key of keys)
        expect(seen.filter((record) => record.key === key).map(n)).toEqual(
          Array.from({ length: round }, (_, i) => i + 1),
        );
      await admin.disconnect();
    }, 60_000);

    it('leaves a group in order: the others have its partitions before a session could end, and nothing comes twice', async () => {
      const [topic, group] = [unique('topic'), unique('group')];
      await using staying = disposable(open());
      const leaving = open();
      const seen: { by: string; record: LogRecord }[] = [];
      const member = (bus: EventBus, by: string) =>
        bus.subscribe({
          group,
          topics: [topic],
          handler: async (records) => void seen.push(...records.map((record) => ({ by, record }))),
        });
      await member(staying, 'staying');
      await member(leaving, 'leaving');
      let round = 0;
      const send = async () => {
        round += 1;
        await staying.append(
          topic,
          Array.from({ length: 24 }, (_, key) => ({ key: `k${key}`, value: { n: round } })),
        );
        await until(() => seen.filter(({ record }) => n(record) === round).length >= 24, `round ${round}`);
        return new Set(seen.filter(({ record }) => n(record) === round).map(({ by }) => by)).size;
      };
      await until(async () => (await send()) === 2, 'both at work', 30_000);
      const begin = Date.now();
      await leaving.close();
      expect(await send()).toBe(1);
      expect(Date.now() - begin).toBeLessThan(5_000);
      expect(seen.filter(({ record }) => n(record) >= round - 1)).toHaveLength(48);
    }, 60_000);
  });
}

/** Closes a bus at the end of its block. */
const disposable = (bus: EventBus): EventBus & AsyncDisposable => ({
  ...bus,
  [Symbol.asyncDispose]: () => bus.close(),
});
