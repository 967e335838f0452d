import { until } from '@community/testing/wait';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { EventBus } from './bus.ts';
import type { BusHarness } from './bus-contract.ts';
import { startConsumer } from './consumer.ts';
import type { EventContract, EventDefinitions } from './contract.ts';
import { handler } from './handler.ts';
import { emit, enqueue, toEnvelope } from './outbox.ts';
import { type Relay, startRelay } from './relay.ts';
import { requestSnapshot, startSnapshots } from './snapshots.ts';
import { createDomain, quiet, type TestDomain, testEvents, unique } from './testing.ts';

/** From a domain's transaction to another domain's effect: what holds on every driver, whoever dies in between. */
export function eventDeliveryContract(driver: string, start: () => Promise<BusHarness>): void {
  describe(`events carried by ${driver}`, () => {
    let harness: BusHarness;
    let bus: EventBus;
    let owner: TestDomain;
    let other: TestDomain;
    let relay: Relay;
    /** The same events in a topic that only this suite uses. */
    let contract: EventContract<(typeof testEvents)['definitions']>;
    beforeAll(async () => {
      harness = await start();
      bus = harness.open();
      [owner, other] = await Promise.all([createDomain(), createDomain()]);
      contract = { ...testEvents, domain: unique('things') };
      relay = startRelay({ pool: owner.pool, bus, domain: 'things', log: quiet });
    });
    afterAll(async () => {
      await relay.stop();
      await bus.close();
      await owner[Symbol.asyncDispose]();
      await other[Symbol.asyncDispose]();
      await harness.close();
    });

    const change = (aggregateId: string, version: number, value = version) =>
      owner.transactions
        .run((tx) =>
          emit(owner.transactions.sql(tx), contract, {
            type: 'thing.changed',
            aggregateId,
            aggregateVersion: version,
            payload: { value },
          }),
        )
        .then(() => relay.wake());

    /** A consumer that writes what it was told into `effect`, after `before` had its say. */
    const consume = (
      group: string,
      mode: 'each' | 'state',
      before: (value: number) => void | Promise<void> = () => {},
      options: { bus?: EventBus; domain?: TestDomain } = {},
    ) => {
      const domain = options.domain ?? other;
      const write = handler<pg.PoolClient, z.ZodObject<{ value: z.ZodNumber }>>({
        schema: z.object({ value: z.number() }),
        version: 1,
        mode,
        async handle(tx, event) {
          await tx.query('INSERT INTO effect (aggregate, version, value) VALUES ($1, $2, $3)', [
            `${group}/${event.subject}`,
            event.aggregateversion,
            event.data.value,
          ]);
          await before(event.data.value);
        },
      });
      return startConsumer({
        bus: options.bus ?? bus,
        group,
        topics: [contract.domain],
        handlers: { 'thing.changed': write, 'thing.snapshot': write },
        transactions: domain.transactions,
        log: quiet,
      });
    };
    const letters = async (group: string) =>
      (
        await other.pool.query(
          'SELECT event_id, key, reason, attempts, state FROM events.dead_letter WHERE consumer_group = $1 ORDER BY id',
          [group],
        )
      ).rows;

    it('arrive in order of the aggregate, once', async () => {
      const [group, id] = [unique('group'), unique('thing')];
      const consumer = await consume(group, 'each');
      for (let version = 1; version <= 20; version += 1) await change(id, version);
      const effects = await until(async () => {
        const found = await other.effects(`${group}/${id}`);
        return found.length >= 20 ? found : null;
      });
      expect(effects).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
      await consumer.stop();
    });

    it('of a transaction that is rolled back do not exist, and one that commits late is not lost', async () => {
      const [group, id] = [unique('group'), unique('thing')];
      const consumer = await consume(group, 'each');
      const undone = owner.transactions.run(async (tx) => {
        await emit(owner.transactions.sql(tx), contract, {
          type: 'thing.changed',
          aggregateId: id,
          aggregateVersion: 1,
          payload: { value: 666 },
        });
        throw new Error('changed my mind');
      });
      await expect(undone).rejects.toThrow('changed my mind');
      let commit = () => {};
      const late = owner.transactions.run(async (tx) => {
        await emit(owner.transactions.sql(tx), contract, {
          type: 'thing.changed',
          aggregateId: id,
          aggregateVersion: 1,
          payload: { value: 1 },
        });
        await new Promise<void>((resolve) => {
          commit = resolve;
        });
      });
      const early = unique('thing');
      await change(early, 1);
      await until(async () => (await other.effects(`${group}/${early}`)).length === 1);
      commit();
      await late;
      relay.wake();
      await until(async () => (await other.effects(`${group}/${id}`)).length === 1);
      expect(await other.effects(`${group}/${id}`)).toEqual([1]);
      await consumer.stop();
    });

    it('that come twice have one effect, also when the relay died between log and outbox', async () => {
      const [group, id] = [unique('group'), unique('thing')];
      const consumer = await consume(group, 'each');
      const envelope = toEnvelope(contract, {
        type: 'thing.changed',
        aggregateId: id,
        aggregateVersion: 1,
        payload: { value: 1 },
      });
      await bus.append(contract.domain, [{ key: id, value: envelope }]);
      await owner.transactions.run((tx) => enqueue(owner.transactions.sql(tx), contract.domain, id, envelope));
      await change(id, 2);
      await until(async () => (await other.effects(`${group}/${id}`)).includes(2));
      expect(await other.effects(`${group}/${id}`)).toEqual([1, 2]);
      await consumer.stop();
    });

    it('are delivered again when a consumer dies after its effect, and have that effect once', async () => {
      const [group, id] = [unique('group'), unique('thing')];
      const dying = harness.open();
      const first = await consume(group, 'each', () => {}, { bus: dying });
      await change(id, 1);
      await until(async () => (await other.effects(`${group}/${id}`)).length === 1);
      await first.stop();
      // What the log knows when the offset was not committed: the position before the event.
      await bus.seek(group, contract.domain, 'earliest');
      const second = await consume(group, 'each');
      await change(id, 2);
      await until(async () => (await other.effects(`${group}/${id}`)).length === 2);
      expect(await other.effects(`${group}/${id}`)).toEqual([1, 2]);
      await second.stop();
      await dying.close();
    });

    it('older than the known state are ignored by who keeps state', async () => {
      const [group, id] = [unique('group'), unique('thing')];
      const consumer = await consume(group, 'state');
      await change(id, 5);
      await change(id, 3);
      await change(id, 6);
      await until(async () => (await other.effects(`${group}/${id}`)).includes(6));
      expect(await other.effects(`${group}/${id}`)).toEqual([5, 6]);
      await consumer.stop();
    });

    it('that poison a consumer are set aside with the reason; their aggregate waits, others go on, and a replay heals in order', async () => {
      const [group, bad, good] = [unique('group'), unique('thing'), unique('thing')];
      let broken = true;
      const consumer = await consume(group, 'each', (value) => {
        if (value === 1313 && broken) throw new Error('cannot handle thirteen');
      });
      await change(bad, 1, 1313);
      await change(bad, 2, 14);
      await change(good, 1, 1);
      await until(async () => (await other.effects(`${group}/${good}`)).length === 1);
      await until(async () => (await letters(group)).length === 2);
      expect(await other.effects(`${group}/${bad}`)).toEqual([]);
      expect(await letters(group)).toMatchObject([
        { key: bad, reason: 'Error: cannot handle thirteen', attempts: 5, state: 'waiting' },
        { key: bad, reason: 'an earlier event of this aggregate waits', state: 'waiting' },
      ]);
      broken = false;
      await other.pool.query("UPDATE events.dead_letter SET state = 'replay' WHERE consumer_group = $1", [group]);
      await until(async () => (await letters(group)).length === 0);
      expect(await other.effects(`${group}/${bad}`)).toEqual([1313, 14]);
      await change(bad, 3, 15);
      await until(async () => (await other.effects(`${group}/${bad}`)).includes(15));
      await consumer.stop();
    });

    it('that a replay cannot handle either stay set aside, with the new reason', async () => {
      const [group, id] = [unique('group'), unique('thing')];
      let reason = 'first';
      const consumer = await consume(group, 'each', (value) => {
        if (value === 77) throw new Error(reason);
      });
      await change(id, 1, 77);
      await until(async () => (await letters(group)).length === 1);
      reason = 'second';
      await other.pool.query("UPDATE events.dead_letter SET state = 'replay' WHERE consumer_group = $1", [group]);
      await until(async () => (await letters(group))[0]?.reason === 'Error: second');
      expect(await letters(group)).toMatchObject([{ state: 'waiting' }]);
      await consumer.stop();
    });

    it('of a version or with a payload that a consumer does not understand are set aside, and strange records passed over', async () => {
      const [group, id] = [unique('group'), unique('thing')];
      const consumer = await consume(group, 'each');
      const envelope = () =>
        toEnvelope(contract, { type: 'thing.changed', aggregateId: id, aggregateVersion: 1, payload: { value: 1 } });
      await bus.append(contract.domain, [
        { key: id, value: { nonsense: true } },
        { key: `${id}-v`, value: { ...envelope(), subject: `${id}-v`, schemaversion: 2 } },
        { key: `${id}-p`, value: { ...envelope(), subject: `${id}-p`, data: { value: 'one' } } },
        { key: id, value: { ...envelope(), type: 'thing.unheard_of' } },
        { key: id, value: envelope() },
      ]);
      await until(
        async () => (await letters(group)).length === 2 && (await other.effects(`${group}/${id}`)).length === 1,
      );
      const reasons = (await letters(group)).map((letter) => letter.reason).join('\n');
      expect(reasons).toContain('version 2 of thing.changed is newer than 1');
      expect(reasons).toContain('value: ');
      await consumer.stop();
    });

    it('are not set aside while the consumer’s own database is away', async () => {
      const [group, id] = [unique('group'), unique('thing')];
      const domain = await createDomain();
      let away = true;
      const transactions: typeof domain.transactions = {
        sql: domain.transactions.sql,
        run: (work) => (away ? Promise.reject(new Error('connect ECONNREFUSED')) : domain.transactions.run(work)),
      };
      let tries = 0;
      const consumer = await startConsumer({
        bus,
        group,
        topics: [contract.domain],
        transactions: {
          ...transactions,
          run(work) {
            tries += 1;
            return transactions.run(work);
          },
        },
        handlers: {
          'thing.changed': handler<pg.PoolClient, z.ZodObject>({
            schema: z.object({}),
            version: 1,
            mode: 'each',
            handle: async (tx, event) =>
              void (await tx.query('INSERT INTO effect (aggregate) VALUES ($1)', [event.subject])),
          }),
        },
        log: quiet,
      });
      await change(id, 1);
      await until(() => tries >= 12);
      away = false;
      await until(
        async () => (await domain.pool.query('SELECT 1 FROM effect WHERE aggregate = $1', [id])).rowCount === 1,
        'the effect',
        30_000,
      );
      expect((await domain.pool.query('SELECT 1 FROM events.dead_letter WHERE key = $1', [id])).rowCount).toBe(0);
      await consumer.stop();
      await domain[Symbol.asyncDispose]();
    }, 60_000);

    it('are shared by two instances of a consumer with each effect once, also when one goes', async () => {
      const [group, ids] = [unique('group'), Array.from({ length: 16 }, () => unique('thing'))];
      const second = harness.open();
      const consumers = [await consume(group, 'each'), await consume(group, 'each', () => {}, { bus: second })];
      for (const id of ids) await change(id, 1);
      await Promise.all([...ids.map((id) => change(id, 2)), consumers[1]?.stop()]);
      await until(
        async () =>
          (await Promise.all(ids.map((id) => other.effects(`${group}/${id}`)))).every((effects) => effects.length >= 2),
        'all effects',
        30_000,
      );
      for (const id of ids) expect(await other.effects(`${group}/${id}`)).toEqual([1, 2]);
      await consumers[0]?.stop();
      await second.close();
    }, 60_000);

    it('keep their order and have one effect when a relay that has lost its lock finishes an append late', async () => {
      const [group, id] = [unique('group'), unique('thing')];
      const domain = await createDomain();
      const [slow, next] = [harness.open(), harness.open()];
      let release = () => {};
      const released = new Promise<void>((resolve) => {
        release = resolve;
      });
      let appending = false;
      const late: EventBus = {
        ...slow,
        async append(topic, records) {
          appending = true;
          await released;
          await slow.append(topic, records);
        },
      };
      const tell = (version: number) =>
        domain.transactions.run((tx) =>
          emit(domain.transactions.sql(tx), contract, {
            type: 'thing.changed',
            aggregateId: id,
            aggregateVersion: version,
            payload: { value: version },
          }),
        );
      const log: number[] = [];
      const tail = await bus.tail({
        topic: contract.domain,
        since: new Date(0),
        handler: async (record) => {
          if (record.key === id) log.push((record.value as { aggregateversion: number }).aggregateversion);
        },
      });
      const consumer = await consume(group, 'each');
      await tell(1);
      await tell(2);
      const first = startRelay({ pool: domain.pool, bus: late, domain: 'things', log: quiet });
      await until(() => appending);
      await domain.pool.query(
        `SELECT pg_terminate_backend(l.pid) FROM pg_locks AS l JOIN pg_database AS d ON d.oid = l.database
         WHERE l.locktype = 'advisory' AND d.datname = current_database()`,
      );
      const second = startRelay({ pool: domain.pool, bus: next, domain: 'things', log: quiet });
      await until(async () => (await other.effects(`${group}/${id}`)).length === 2);
      await tell(3);
      await until(async () => (await other.effects(`${group}/${id}`)).length === 3);
      release();
      await until(() => log.length === 5, 'the late append');
      await tell(4);
      await until(async () => (await other.effects(`${group}/${id}`)).length === 4);
      expect(await other.effects(`${group}/${id}`)).toEqual([1, 2, 3, 4]);
      await until(() => log.length === 6);
      expect(log).toEqual([1, 2, 3, 1, 2, 4]);
      await Promise.all([first.stop(), second.stop(), consumer.stop(), tail.stop()]);
      await Promise.all([slow.close(), next.close()]);
      await domain[Symbol.asyncDispose]();
    }, 60_000);

    it('can be told again as snapshots, from which a new consumer is built; a killed run goes on where it was', async () => {
      const things = Array.from({ length: 450 }, (_, i) => ({
        id: `s-${String(i).padStart(4, '0')}`,
        version: 3,
        value: i,
      }));
      const source = unique('source');
      const pages: (string | null)[] = [];
      let failAt: string | null | undefined = 's-0199';
      const sources = [
        {
          name: source,
          events: contract as unknown as EventContract<EventDefinitions>,
          async page(after: string | null, limit: number) {
            if (after === failAt) {
              failAt = undefined;
              throw new Error('killed here');
            }
            pages.push(after);
            return things
              .filter((thing) => after === null || thing.id > after)
              .slice(0, limit)
              .map((thing) => ({
                type: 'thing.snapshot',
                aggregateId: thing.id,
                aggregateVersion: thing.version,
                payload: { value: thing.value },
              }));
          },
        },
      ];
      const snapshots = startSnapshots({ pool: owner.pool, transactions: owner.transactions, sources, log: quiet });
      const run = await requestSnapshot(owner.pool, source);
      await until(
        async () =>
          (await owner.pool.query('SELECT finished_at FROM events.snapshot_run WHERE id = $1', [run])).rows[0]
            .finished_at,
        'the run',
        30_000,
      );
      expect(pages).toEqual([null, 's-0199', 's-0399']);
      expect((await owner.pool.query('SELECT sent FROM events.snapshot_run WHERE id = $1', [run])).rows[0].sent).toBe(
        '450',
      );
      await snapshots.stop();
      relay.wake();

      const group = unique('group');
      const consumer = await consume(group, 'state');
      await until(
        async () =>
          (await other.pool.query('SELECT count(*)::int AS n FROM effect WHERE aggregate LIKE $1', [`${group}/s-%`]))
            .rows[0].n === 450,
        'the projection',
        60_000,
      );
      await change('s-0007', 2, 999);
      await change('s-0007', 4, 1000);
      await until(async () => (await other.effects(`${group}/s-0007`)).includes(1000));
      expect(await other.effects(`${group}/s-0007`)).toEqual([7, 1000]);
      await consumer.stop();
    }, 90_000);
  });
}
