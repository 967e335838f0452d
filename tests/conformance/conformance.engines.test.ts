import { until } from '@community/testing/wait';
import {
  buildClientSchema,
  getIntrospectionQuery,
  type IntrospectionQuery,
  isSpecifiedScalarType,
  lexicographicSortSchema,
  printType,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signUpAdministrator } from '../graph/administrator.ts';
import { createClient, type SignedIn } from '../graph/client.ts';
import * as operations from '../graph/generated/operations.ts';
import { succeeded } from '../graph/rooms.ts';
import { startPlatform, type TestPlatform } from '../platform.ts';
import { CASES, type Case, type Scene, WITHOUT_USER } from './cases.ts';
import {
  type Engine,
  type Graph,
  startApolloGateway,
  startApolloRouter,
  startHiveRouter,
  startOurs,
} from './engines.ts';

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly {
    message: string;
    path?: readonly (string | number)[];
    extensions?: { code?: string };
  }[];
}

const { APOLLO_ROUTER_BIN, HIVE_ROUTER_BIN } = process.env;
/** The first is what the others are compared with. */
const ENGINES: readonly {
  name: string;
  start: ((graph: Graph) => Promise<Engine>) | null;
  missing: string | null;
}[] = [
  { name: 'our gateway', start: startOurs, missing: null },
  { name: '@apollo/gateway', start: startApolloGateway, missing: null },
  {
    name: 'the Apollo Router',
    start: APOLLO_ROUTER_BIN ? (graph) => startApolloRouter(graph, APOLLO_ROUTER_BIN) : null,
    missing: APOLLO_ROUTER_BIN ? null : 'APOLLO_ROUTER_BIN is not set',
  },
  {
    name: 'Hive Router',
    start: HIVE_ROUTER_BIN ? (graph) => startHiveRouter(graph, HIVE_ROUTER_BIN) : null,
    missing: HIVE_ROUTER_BIN ? null : 'HIVE_ROUTER_BIN is not set',
  },
];
const NOBODY = 'http://127.0.0.1:1';

let platform: TestPlatform;
let scene: Scene;
let member: SignedIn;
const whole = new Map<string, Engine>();
const withoutUser = new Map<string, Engine>();

async function setScene(): Promise<void> {
  const client = createClient(platform.url);
  const boss = await signUpAdministrator(client, platform.databaseUrl('auth'));
  member = await client.signUp();
  const other = await client.signUp();
  const board = await client.send(operations.CreateBoardDocument, { input: { slug: 'all', name: 'All' } }, boss);
  const boardId = succeeded(board, (data) => data.createBoard).board.id;
  const posts: string[] = [];
  for (const [author, title] of [
    [member, 'One'],
    [other, 'Two'],
    [boss, 'Three'],
  ] as const) {
    const made = await client.send(
      operations.CreatePostDocument,
      { input: { boardId, title, body: `*${title}*` } },
      author,
    );
    posts.push(succeeded(made, (data) => data.createPost).post.id);
  }
  const postId = posts[0] ?? '';
  const comment = async (author: SignedIn, body: string, parentId?: string) => {
    const input = { postId, body, ...(parentId ? { parentId } : {}) };
    const made = await client.send(operations.CreateCommentDocument, { input }, author);
    return succeeded(made, (data) => data.createComment).comment.id;
  };
  const commentId = await comment(other, 'First');
  const tombstoneId = await comment(boss, 'Taken back');
  await comment(other, 'An answer', tombstoneId);
  await client.ask(
    'mutation($id: ID!) { deleteComment(input: { commentId: $id }) { __typename } }',
    { id: tombstoneId },
    boss,
  );
  await client.send(operations.FollowDocument, { input: { userId: member.id } }, other);
  scene = { handle: member.handle, otherHandle: other.handle, otherId: other.id, postId, commentId, tombstoneId };
  await until(async () => {
    const { data } = await client.ask<{ viewer: { unreadNotificationCount: number } }>(
      '{ viewer { unreadNotificationCount } }',
      {},
      member,
    );
    return data.viewer.unreadNotificationCount === 3;
  }, 'the member being told of her sign-up, a comment and a follower');
}

beforeAll(async () => {
  platform = await startPlatform();
  await setScene();
  const { services } = platform.runtime();
  const { gateway, registry: _, ...subgraphs } = services;
  const subgraphUrls = Object.fromEntries(Object.entries(subgraphs).map(([name, { url }]) => [name, url]));
  const graph = { subgraphUrls, routerSecret: gateway?.env.ROUTER_SECRET ?? '' };
  const lame = { ...graph, subgraphUrls: { ...subgraphUrls, user: NOBODY } };
  await Promise.all(
    ENGINES.flatMap(({ name, start }) =>
      start
        ? [
            start(graph).then((engine) => whole.set(name, engine)),
            start(lame).then((engine) => withoutUser.set(name, engine)),
          ]
        : [],
    ),
  );
});
afterAll(async () => {
  await Promise.all([...whole.values(), ...withoutUser.values()].map((engine) => engine.stop()));
  await platform[Symbol.asyncDispose]();
});

async function ask(engine: Engine | undefined, { query, variables, signedIn }: Case): Promise<Answer> {
  const response = await fetch(engine?.url ?? '', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(signedIn ? { authorization: `Bearer ${member.accessToken}` } : {}),
    },
    body: JSON.stringify({ query, variables: variables?.(scene) ?? {} }),
  });
  return (await response.json()) as Answer;
}

/** Engines order what introspection lists as they like. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(sorted);
    return items.every((item) => typeof item === 'object' && item !== null && 'name' in item)
      ? items.sort((a, b) => String((a as { name: string }).name).localeCompare(String((b as { name: string }).name)))
      : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, sorted(item)]));
}

const errorsOf = ({ errors = [] }: Answer): string[] =>
  errors.map(({ path = [], extensions }) => `${path.join('.')} ${extensions?.code}`);

function shown({ data }: Answer, { shows = {} }: Case): void {
  if (shows === null) expect(data).toBeNull();
  else expect(data).toMatchObject(shows);
}

const at = (data: unknown, path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown> | null)?.[key] ?? null, data);

describe.each(ENGINES)('$name', ({ name, start, missing }) => {
  describe.skipIf(!start)(missing ?? 'over the whole graph', () => {
    it.each(CASES)('answers as our gateway does: $name', async (one) => {
      const ours = await ask(whole.get('our gateway'), one);
      const theirs = await ask(whole.get(name), one);
      expect(errorsOf(theirs)).toEqual(one.errors ?? []);
      expect(sorted(theirs.data)).toEqual(sorted(ours.data));
      shown(theirs, one);
    });

    it.each(WITHOUT_USER)('answers as our gateway does while user is away: $name', async (one) => {
      const ours = await ask(withoutUser.get('our gateway'), one);
      const theirs = await ask(withoutUser.get(name), one);
      expect(theirs.data).toEqual(ours.data);
      shown(theirs, one);
      expect(ours.errors?.length).toBeGreaterThan(0);
      expect(theirs.errors?.length).toBeGreaterThan(0);
      for (const { message } of ours.errors ?? []) expect(message).not.toContain('127.0.0.1');
      // Engines word and place what they say of a subgraph that is lost as they like; what they name is null.
      for (const { path } of theirs.errors ?? []) if (path?.length) expect(at(theirs.data, path)).toBeNull();
    });

    it('tells the same schema, and as much of it as tools ask for', async () => {
      const typesOf = async (engine: Engine | undefined) => {
        const { data } = await ask(engine, { name: 'all', query: getIntrospectionQuery() });
        const schema = lexicographicSortSchema(buildClientSchema(data as IntrospectionQuery));
        return (
          Object.values(schema.getTypeMap())
            // Hive Router tells of federation's own types and of all of GraphQL's, too.
            .filter((type) => !/^(join)?__/.test(type.name) && !isSpecifiedScalarType(type))
            .map(printType)
        );
      };
      expect(await typesOf(whole.get(name))).toEqual(await typesOf(whole.get('our gateway')));
    });

    it('refuses what the graph does not have, before any subgraph is asked', async () => {
      const { data, errors } = await ask(whole.get(name), { name: 'unknown', query: '{ feed { nothing } }' });
      expect(data ?? null).toBeNull();
      expect(errors?.length).toBeGreaterThan(0);
    });

    it('is told by the subgraphs of a token that is none', async () => {
      const response = await fetch(whole.get(name)?.url ?? '', {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: 'Bearer nonsense' },
        body: JSON.stringify({ query: '{ viewer { id } }' }),
      });
      const { data, errors } = (await response.json()) as Answer & { data?: { viewer: unknown } };
      expect(data?.viewer ?? null).toBeNull();
      expect(errors?.map(({ extensions }) => extensions?.code)).toContain('UNAUTHENTICATED');
    });
  });
});
