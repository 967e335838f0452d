import type { Engine } from '@community/engines/engine';
import { until } from '@community/testing/wait';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { EventBus, Stoppable } from '../bus.ts';
import { startConsumer } from '../consumer.ts';
import { handler } from '../handler.ts';
import { emit } from '../outbox.ts';
import { type Relay, startRelay } from '../relay.ts';
import { createDomain, quiet, type TestDomain, testEvents, unique } from '../testing.ts';
import { createKafkaBus } from './kafka-bus.ts';

const AGGREGATES = 6;
const PACE_MS = 20;

/** From a domain's transaction to another domain's effect, while brokers die and members come and go. */
export function faultCases(kafka: Engine): void {
  const open = (): EventBus => createKafkaBus({ settings: { brokers: [kafka.url], ssl: false }, log: quiet });

  describe('events on Kafka under load', () => {
    let owner: TestDomain;
    let other: TestDomain;
    beforeAll(async () => {
      [owner, other] = await Promise.all([createDomain(), createDomain()]);
    });
    afterAll(async () => {
      await owner[Symbol.asyncDispose]();
      await other[Symbol.asyncDispose]();
    });

    /** Changes all aggregates again and again, until told to stop. @returns how often each was changed */
    function changeAll(contract: typeof testEvents, relay: Relay) {
      let going = true;
      let version = 0;
      const done = (async () => {
        for (; going; relay.wake()) {
          version += 1;
          await owner.transactions.run(async (tx) => {
            for (let aggregate = 0; aggregate < AGGREGATES; aggregate += 1)
              await emit(owner.transactions.sql(tx), contract, {
                type: 'thing.changed',
                aggregateId: `a${aggregate}`,
                aggregateVersion: version,
                payload: { value: version },
              });
          });
          await new Promise((resolve) => setTimeout(resolve, PACE_MS));
        }
        return version;
      })();
      return {
        get version() {
          return version;
        },
        stop() {
          going = false;
          return done;
        },
      };
    }

    const consume = (bus: EventBus, group: string, topic: string): Promise<Stoppable> =>
      startConsumer({
        bus,
        group,
        topics: [topic],
        transactions: other.transactions,
        handlers: {
          'thing.changed': handler<pg.PoolClient, z.ZodObject<{ value: z.ZodNumber }>>({
            schema: z.object({ value: z.number() }),
            version: 1,
            mode: 'each',
            handle: async (tx, event) =>
              void (await tx.query('INSERT INTO effect (aggregate, version, value) VALUES ($1, $2, $3)', [
                `${group}/${event.subject}`,
                event.aggregateversion,
                event.data.value,
              ])),
          }),
        },
        log: quiet,
      });

    const countOf = async (group: string): Promise<number> =>
      (await other.pool.query('SELECT count(*)::int AS n FROM effect WHERE aggregate LIKE $1', [`${group}/%`])).rows[0]
        .n;

    async function expectEachOnceInOrder(group: string, versions: number): Promise<void> {
      await until(async () => (await countOf(group)) >= versions * AGGREGATES, 'all effects', 60_000);
      const inOrder = Array.from({ length: versions }, (_, i) => i + 1);
      for (let aggregate = 0; aggregate < AGGREGATES; aggregate += 1)
        expect(await other.effects(`${group}/a${aggregate}`)).toEqual(inOrder);
    }

    it('are not lost, doubled or reordered when the broker is killed and started again', async () => {
      const [group, contract] = [unique('group'), { ...testEvents, domain: unique('things') }];
      const buses = [open(), open(), open()] as const;
      const relay = startRelay({ pool: owner.pool, bus: buses[0], domain: 'things', log: quiet });
      for (const bus of buses.slice(1)) await consume(bus, group, contract.domain);
      const changing = changeAll(contract, relay);
      for (let time = 0; time < 2; time += 1) {
        const before = await countOf(group);
        await until(async () => (await countOf(group)) > before + 200, 'events going through', 60_000);
        await kafka.kill();
        const atDeath = changing.version;
        await until(() => changing.version > atDeath + 10, 'changes while the broker is away');
        await kafka.restart();
      }
      const before = await countOf(group);
      await until(async () => (await countOf(group)) > before + 200, 'events going through again', 60_000);
      await expectEachOnceInOrder(group, await changing.stop());
      await relay.stop();
      await Promise.all(buses.map((bus) => bus.close()));
    }, 240_000);

    it('are not lost, doubled or reordered when members of the group join and leave', async () => {
      const [group, contract] = [unique('group'), { ...testEvents, domain: unique('things') }];
      const bus = open();
      const relay = startRelay({ pool: owner.pool, bus, domain: 'things', log: quiet });
      await consume(bus, group, contract.domain);
      const changing = changeAll(contract, relay);
      const passed = async () => {
        const before = await countOf(group);
        await until(async () => (await countOf(group)) > before + 100, 'events going through', 60_000);
      };
      for (let time = 0; time < 3; time += 1) {
        const guests = [open(), open()];
        for (const guest of guests) {
          await consume(guest, group, contract.domain);
          await passed();
        }
        await Promise.all(guests.map((guest) => guest.close()));
        await passed();
      }
      await expectEachOnceInOrder(group, await changing.stop());
      await relay.stop();
      await bus.close();
    }, 180_000);
  });
}
