import { until } from '@community/testing/wait';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { EventBus } from './bus.ts';
import type { BusHarness } from './bus-contract.ts';
import { startConsumer } from './consumer.ts';
import { handler } from './handler.ts';
import { toEnvelope } from './outbox.ts';
import { createDomain, poolTransactions, quiet, type TestDomain, testEvents, unique } from './testing.ts';

const schema = z.object({ value: z.number() });

/** What holds on every driver when events wait and are handled together. */
export function eventBatchContract(driver: string, start: () => Promise<BusHarness>): void {
  describe(`events that wait on ${driver}`, () => {
    let harness: BusHarness;
    let bus: EventBus;
    let domain: TestDomain;
    beforeAll(async () => {
      harness = await start();
      bus = harness.open();
      domain = await createDomain();
    });
    afterAll(async () => {
      await bus.close();
      await domain[Symbol.asyncDispose]();
      await harness.close();
    });

    const told = (topic: string, id: string, version: number, value = version) => ({
      key: id,
      value: toEnvelope(
        { ...testEvents, domain: topic },
        { type: 'thing.changed', aggregateId: id, aggregateVersion: version, payload: { value } },
      ),
    });

    /** A consumer that writes what it was told into `effect`, unless `refuse` throws; counts its transactions. */
    async function consume(topic: string, mode: 'each' | 'state', refuse: (value: number) => void = () => {}) {
      const group = unique('group');
      const counted = { transactions: 0, calls: 0 };
      const transactions = poolTransactions(domain.pool);
      const consumer = await startConsumer({
        bus,
        group,
        topics: [topic],
        handlers: {
          'thing.changed': handler<pg.PoolClient, typeof schema>({
            schema,
            version: 1,
            mode,
            async handleAll(tx, events) {
              counted.calls += 1;
              for (const { subject, data } of events) {
                await tx.query('INSERT INTO effect (aggregate, value) VALUES ($1, $2)', [
                  `${group}/${subject}`,
                  data.value,
                ]);
                refuse(data.value);
              }
            },
          }),
        },
        transactions: {
          ...transactions,
          run(work) {
            counted.transactions += 1;
            return transactions.run(work);
          },
        },
        log: quiet,
      });
      return { group, counted, stop: () => consumer.stop() };
    }

    const effects = (group: string, ids: readonly string[]) =>
      Promise.all(ids.map((id) => domain.effects(`${group}/${id}`)));
    const letters = async (group: string) =>
      (
        await domain.pool.query('SELECT key, attempts FROM events.dead_letter WHERE consumer_group = $1 ORDER BY id', [
          group,
        ])
      ).rows;

    it('are handled in few transactions and few calls, each once and in order, those that the log holds twice too', async () => {
      const topic = unique('things');
      const ids = Array.from({ length: 10 }, () => unique('thing'));
      const records = Array.from({ length: 40 }, (_, i) => ids.map((id) => told(topic, id, i + 1))).flat();
      await bus.append(topic, records);
      await bus.append(topic, records.slice(0, 50));
      const { group, counted, stop } = await consume(topic, 'each');
      await until(
        async () => (await effects(group, ids)).every((values) => values.length >= 40),
        'all effects',
        30_000,
      );
      await until(async () => (await bus.lag(group))[topic] === 0);
      const inOrder = Array.from({ length: 40 }, (_, i) => i + 1);
      expect(await effects(group, ids)).toEqual(ids.map(() => inOrder));
      expect(counted.calls).toBeLessThan(60);
      // The replay of dead letters looks once a second.
      expect(counted.transactions).toBeLessThan(100);
      await stop();
    }, 60_000);

    it('have their states compared one after the other', async () => {
      const [topic, id, other] = [unique('things'), unique('thing'), unique('thing')];
      await bus.append(topic, [
        ...[3, 1, 5, 4, 5, 6].map((version) => told(topic, id, version)),
        ...[2, 1].map((version) => told(topic, other, version)),
      ]);
      const { group, stop } = await consume(topic, 'state');
      await until(async () => (await domain.effects(`${group}/${id}`)).includes(6));
      await until(async () => (await domain.effects(`${group}/${other}`)).length > 0);
      await bus.append(
        topic,
        [6, 2, 7].map((version) => told(topic, id, version)),
      );
      await until(async () => (await domain.effects(`${group}/${id}`)).includes(7));
      expect(await effects(group, [id, other])).toEqual([[3, 5, 6, 7], [2]]);
      await stop();
    });

    it('do not suffer from a poisonous one among them: it and what follows of its aggregate is set aside', async () => {
      const topic = unique('things');
      const [bad, ...good] = Array.from({ length: 12 }, () => unique('thing')) as [string, ...string[]];
      const round = (version: number) => [...good, bad].map((id) => told(topic, id, version));
      await bus.append(topic, [...round(1), told(topic, bad, 2, 1313), ...round(3), ...round(4)]);
      const { group, stop } = await consume(topic, 'each', (value) => {
        if (value === 1313) throw new Error('cannot handle thirteen');
      });
      await until(async () => (await letters(group)).length === 3, 'the dead letters', 30_000);
      await until(async () => (await effects(group, good)).every((values) => values.length === 3));
      expect(await effects(group, good)).toEqual(good.map(() => [1, 3, 4]));
      expect(await domain.effects(`${group}/${bad}`)).toEqual([1]);
      expect(await letters(group)).toMatchObject([{ key: bad, attempts: 5 }, { key: bad }, { key: bad }]);
      await bus.append(topic, round(5));
      await until(async () => (await letters(group)).length === 4);
      await until(async () => (await effects(group, good)).every((values) => values.length === 4));
      await stop();
    }, 60_000);
  });
}
