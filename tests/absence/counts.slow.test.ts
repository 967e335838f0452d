import { readFileSync } from 'node:fs';
import { Supergraph } from '@apollo/federation-internals';
import { forEach } from '@community/testing/for-each';
import { until } from '@community/testing/wait';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createActs } from '../graph/acts.ts';
import { signUpAdministrator } from '../graph/administrator.ts';
import { type Client, createClient, type SignedIn } from '../graph/client.ts';
import { startPlatform, type TestPlatform } from '../platform.ts';
import { COUNTS, type Count, type CountScene, setCounts, unknownCounts } from './counts.ts';
import { createHappenings, type Happenings } from './happenings.ts';

const schema = Supergraph.build(readFileSync('router/supergraph.graphql', 'utf8')).apiSchema().toGraphQLJSSchema();

let platform: TestPlatform;
let client: Client;
let boss: SignedIn;
let happenings: Happenings;
beforeAll(async () => {
  platform = await startPlatform({ env: { ERASURE_DELAY_HOURS: '0' } });
  await platform.whole();
  client = createClient(platform.url);
  boss = await signUpAdministrator(client, platform.databaseUrl('auth'));
  happenings = createHappenings(client, boss);
}, 90_000);
afterAll(() => platform?.[Symbol.asyncDispose]());

/** What Vera is told of a count; undefined where there is none. */
async function told(count: Count, scene: CountScene): Promise<unknown> {
  const { data, errors } = await client.ask<unknown>(`{ ${count.asked(scene)} }`, {}, scene.vera);
  if (errors) throw new Error(JSON.stringify(errors));
  return count.at
    .split('.')
    .reduce<unknown>((inside, step) => (inside as Record<string, unknown> | null | undefined)?.[step], data);
}

/** Waits until Vera is told what she should be told. @param left how much of a count is left */
const waitFor = (scene: CountScene, left: (count: Count) => number, what: string) =>
  until(
    async () => {
      const wrong = await forEach(Object.entries(COUNTS), async ([name, count]) => {
        const found = await told(count, scene);
        return found === left(count) ? [] : [`${name}: ${found}, and not ${left(count)}`];
      });
      if (wrong.flat().length > 0) throw new Error(wrong.flat().join('\n'));
      return true;
    },
    what,
    30_000,
  );

/** Waits until both domains that hide a member know of what happened: then her post is on no board, and she is suspended. */
const known = ({ vera, hana, board, hers }: CountScene, happening: keyof Happenings) =>
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
      const scene = await setCounts(client, boss);
      await waitFor(scene, ({ all }) => all, 'her being counted everywhere');
      if (happening === 'isPrivate')
        await createActs(client).act(scene.vera, 'unfollow', `{ userId: "${scene.hana.id}" }`);
      await happenings[happening](scene);
      await known(scene, happening);
      await waitFor(scene, ({ all, without }) => all - Number(without.includes(happening)), 'her being counted so');
    },
    120_000,
  );
});
