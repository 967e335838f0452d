import { limitOf, placeOf } from '@community/front-door/override-labels';
import type { TestMember } from '@community/testing/member-key';
import { until } from '@community/testing/wait';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { followThing, type MovedField, movedAmong, servedBy, startMovedField } from './moved-field.ts';

/** A front door with an engine behind it. */
export interface MovingEngine {
  /** Of `/graphql`. */
  readonly url: string;
  stop(): Promise<unknown>;
}

const READY = 'shop/search-2:ready';

/** The members whom every engine must move. */
const movedBy = (percent: number, members: readonly TestMember[]) =>
  members.filter(({ id }) => placeOf(id) < limitOf(percent));

/** What holds of a field that moves between subgraphs, whatever engine answers. @param start with `READY` on for everybody */
export function movedFieldSuite(
  name: string,
  start: (graph: MovedField, labels: readonly string[]) => Promise<MovingEngine>,
): void {
  describe(`a field that moves, on ${name}`, { timeout: 120_000 }, () => {
    let graph: MovedField;
    let engine: MovingEngine;
    beforeAll(async () => {
      graph = await startMovedField('percent(30)');
      engine = await start(graph, [READY]);
    });
    afterAll(async () => {
      await engine?.stop();
      await graph.stop();
    });

    /** What a follower is told, once she follows. */
    async function touched(stream: ReturnType<typeof followThing>) {
      await until(() => {
        graph.touch();
        return stream.received.length > 0;
      }, 'a follower being told');
      return stream.next();
    }

    /** Waits until a new supergraph is in service, of which a visitor tells. */
    const visitorsAnsweredBy = (subgraph: string) =>
      until(async () => (await servedBy(engine.url, null)) === subgraph, `visitors being answered by ${subgraph}`);

    it('moves for the members of its share, at each request and after a restart', async () => {
      const members = graph.members(200);
      const moved = await movedAmong(engine.url, members);
      expect(moved).toEqual(movedBy(30, members));
      expect(moved.length / 200).toBeGreaterThan(0.15);
      expect(moved.length / 200).toBeLessThan(0.45);
      await engine.stop();
      engine = await start(graph, [READY]);
      expect(await movedAmong(engine.url, members)).toEqual(moved);
    });

    it('believes nobody who says where she stands, by HTTP or WebSocket', async () => {
      const [near, far] = [true, false].map((isNear) => {
        const all = graph.members(50);
        const found = all.find((member) => movedBy(30, all).includes(member) === isNear);
        if (!found) throw new Error('fifty members stand on one side');
        return found;
      });
      for (const [member, by] of [
        [near, 'shop'],
        [far, 'monolith'],
        [null, 'monolith'],
      ] as const)
        for (const place of ['0', '9999999999', 'x']) {
          const said = { 'x-override-place': place };
          expect(await servedBy(engine.url, member ?? null, said)).toBe(by);
          await using stream = followThing(engine.url, member ?? null, said);
          expect((await touched(stream)).data.thingTouched.servedBy).toBe(by);
        }
    });

    it('moves on, and whoever had gone stays', async () => {
      const members = graph.members(40);
      for (const percent of [5, 50, 20]) {
        graph.publish(`percent(${percent})`);
        const expected = movedBy(percent, members);
        await until(
          async () => JSON.stringify(await movedAmong(engine.url, members)) === JSON.stringify(expected),
          `${expected.length} members having moved`,
          30_000,
        );
      }
    });

    it('moves for nobody at 0, and for all at 100, who are nobody too', async () => {
      const members = graph.members(40);
      graph.publish('percent(100)');
      await visitorsAnsweredBy('shop');
      expect(await movedAmong(engine.url, members)).toEqual(members);
      graph.publish('percent(0)');
      await visitorsAnsweredBy('monolith');
      expect(await movedAmong(engine.url, members)).toEqual([]);
    });

    it('moves by a label of its own for everybody or nobody, as it is set', async () => {
      const members = graph.members(5);
      graph.publish(READY);
      await visitorsAnsweredBy('shop');
      expect(await movedAmong(engine.url, members)).toEqual(members);
      graph.publish('shop/search-3:ready');
      await visitorsAnsweredBy('monolith');
      expect(await movedAmong(engine.url, members)).toEqual([]);
    });

    it('leaves streams shared that carry no token', async () => {
      // Of former followers, which an engine may give up only when there is something to tell them.
      await until(() => {
        graph.touch();
        return graph.streams() === 0;
      }, 'former streams being closed');
      await using first = followThing(engine.url, null);
      await touched(first);
      await using second = followThing(engine.url, null);
      await touched(second);
      expect(graph.streams()).toBe(1);
    });
  });
}
