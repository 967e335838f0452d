import { forEach } from '@community/testing/for-each';
import { until } from '@community/testing/wait';
import type { GraphQLSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createActs } from '../graph/acts.ts';
import type { Client, SignedIn } from '../graph/client.ts';
import { COUNTS, type Count, type CountScene, setCounts, unknownCounts } from './counts.ts';
import type { Happenings } from './happenings.ts';

/** What Vera is told of a count; undefined where there is none. */
async function told(client: Client, count: Count, scene: CountScene): Promise<unknown> {
  const { data, errors } = await client.ask<unknown>(`{ ${count.asked(scene)} }`, {}, scene.vera);
  if (errors) throw new Error(JSON.stringify(errors));
  return count.at
    .split('.')
    .reduce<unknown>((inside, step) => (inside as Record<string, unknown> | null | undefined)?.[step], data);
}

/** Waits until Vera is told what she should be told. @param left how much of a count is left */
const waitFor = (client: Client, scene: CountScene, left: (count: Count) => number, what: string) =>
  until(
    async () => {
      const wrong = await forEach(Object.entries(COUNTS), async ([name, count]) => {
        const found = await told(client, count, scene);
        return found === left(count) ? [] : [`${name}: ${found}, and not ${left(count)}`];
      });
      if (wrong.flat().length > 0) throw new Error(wrong.flat().join('\n'));
      return true;
    },
    what,
    30_000,
  );

/** Waits until both domains that hide a member know of what happened: then her post is on no board, and she is suspended. */
const known = (client: Client, { vera, hana, board, hers }: CountScene, happening: keyof Happenings) =>
  until(
    async () => {
      const { data } = await client.ask<{ user: { suspended: boolean } | null }>(
        `{ board(id: "${board}") { posts { edges { node { id } } } } user(id: "${hana.id}") { suspended } }`,
        {},
        vera,
      );
      return !JSON.stringify(data).includes(hers) && (happening !== 'isSuspended' || data.user?.suspended);
    },
    'what happened being known',
    30_000,
  );

/** @param stage a running graph, its administrator, and what may happen there; there is none before the first test */
export function countCases(
  schema: GraphQLSchema,
  stage: () => { client: Client; boss: SignedIn; happenings: Happenings },
): void {
  describe('a count', () => {
    it('is looked at here, wherever the graph has one, or it is said why not', () => {
      expect(unknownCounts(schema)).toEqual({ unknown: [], gone: [] });
    });

    it.each<[string, keyof Happenings]>([
      ['Vera blocks her', 'blocks'],
      ['she blocks Vera', 'isBlocked'],
      ['Vera mutes her', 'mutes'],
      ['she is private, and Vera does not follow her', 'isPrivate'],
      ['she is suspended', 'isSuspended'],
      ['she has had her account erased', 'isErased'],
    ])(
      'counts a member for Vera, or does not, as was decided: when %s',
      async (_, happening) => {
        const { client, boss, happenings } = stage();
        const scene = await setCounts(client, boss);
        await waitFor(client, scene, ({ all }) => all, 'her being counted everywhere');
        if (happening === 'isPrivate')
          await createActs(client).act(scene.vera, 'unfollow', `{ userId: "${scene.hana.id}" }`);
        await happenings[happening](scene);
        await known(client, scene, happening);
        await waitFor(
          client,
          scene,
          ({ all, without }) => all - Number(without.includes(happening)),
          'her being counted so',
        );
      },
      120_000,
    );
  });
}
