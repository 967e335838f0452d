import type { TestPlatform } from '../../tests/platform.ts';
import { cpuOf, cpuSince } from '../processes.ts';
import type { Community } from './community.ts';
import { lineOf } from './figures.ts';
import { drive } from './load.ts';
import * as operations from './operations.ts';
import type { Operation } from './pages.ts';

const FIRST = 20;

/** The operations of the mix, each with what asks it anew every time: another post, member or token. */
function operationsOf({ postIds, handles, tokens }: Community): Readonly<Record<string, (turn: number) => Operation>> {
  const tokenAt = (turn: number) => tokens[turn % tokens.length];
  const postAt = (turn: number) => postIds[(turn * 7_919) % postIds.length];
  const postsFrom = (turn: number) => Array.from({ length: FIRST }, (_, place) => postAt(turn + place));
  return {
    feed: () => ({ query: operations.FEED }),
    'states of a feed': (turn) => ({
      query: operations.FEED_STATES,
      variables: { ids: postsFrom(turn) },
      token: tokenAt(turn),
    }),
    'page of a post': (turn) => ({ query: operations.POST_PAGE, variables: { id: postAt(turn) } }),
    profile: (turn) => ({ query: operations.PROFILE, variables: { handle: handles[turn % handles.length] } }),
    like: (turn) => ({
      query: operations.LIKE,
      variables: { input: { postId: postAt(turn) } },
      token: tokenAt(turn),
    }),
    comment: (turn) => ({
      query: operations.COMMENT,
      variables: { input: { postId: postAt(turn), body: 'I see it like that, too.' } },
      token: tokenAt(turn),
    }),
  };
}

/** Drives each operation of the mix alone, and prints what it costs in every process. */
export async function benchEach(
  platform: TestPlatform,
  community: Community,
  { clients, seconds }: { clients: number; seconds: number },
): Promise<void> {
  let turn = 0;
  for (const [name, operation] of Object.entries(operationsOf(community))) {
    const page = () => {
      turn += 1;
      return { ...operation(turn), isAlone: true };
    };
    await drive(`${platform.url}/graphql`, page, { clients, seconds: 2 });
    const before = cpuOf(platform);
    const load = await drive(`${platform.url}/graphql`, page, { clients, seconds });
    const used = Object.entries(cpuSince(platform, before)).map(
      ([process, cpu]) => [process, (cpu * 1_000) / load.requests] as const,
    );
    const all = used.reduce((sum, [, each]) => sum + each, 0);
    console.log(
      `${name.padEnd(17)} ${lineOf(load)}  CPU a request ${all.toFixed(2)} ms (${used.map(([process, each]) => `${process} ${each.toFixed(2)}`).join(', ')})`,
    );
  }
}
