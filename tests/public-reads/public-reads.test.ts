import { until } from '@community/testing/wait';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signUpAdministrator } from '../graph/administrator.ts';
import { type Client, createClient, type SignedIn } from '../graph/client.ts';
import { startPlatform, type TestPlatform } from '../platform.ts';

const BOARD = `query Board($slug: String!) { board(slug: $slug) {
  posts(first: 20) { edges { node { id title likeCount author { handle } } } } } }`;
const PROFILE = 'query Profile($handle: String!) { user(handle: $handle) { id displayName bio followerCount } }';
const POST =
  'query Post($id: ID!) { post(id: $id) { id title likeCount comments(first: 5) { edges { node { body } } } } }';
const STATES = 'query States($ids: [ID!]!) { viewer { postStates(ids: $ids) { liked } } }';

let platform: TestPlatform;
let client: Client;
let boss: SignedIn;
let boards = 0;
beforeAll(async () => {
  platform = await startPlatform();
  client = createClient(platform.url);
  boss = await signUpAdministrator(client, platform.databaseUrl('auth'));
}, 90_000);
afterAll(() => platform[Symbol.asyncDispose]());

/** How many answers were given again so far. */
async function shared(): Promise<number> {
  const { env } = platform.runtime().services.gateway as { env: Record<string, string> };
  const headers = { 'x-router-secret': String(env.ROUTER_SECRET) };
  const text = await (await fetch(`${platform.url}/metrics`, { headers })).text();
  return Number(/front_door_public_reads_total\{outcome="shared"\} (\d+)/.exec(text)?.[1] ?? 0);
}

async function act(
  as: SignedIn,
  field: string,
  input: object,
  more = '',
): Promise<Record<string, { readonly id: string }>> {
  const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`;
  const { data, errors } = await client.ask<Record<string, { __typename: string }>>(
    `mutation($input: ${type}!) { ${field}(input: $input) { __typename ${more} } }`,
    { input },
    as,
  );
  const result = data?.[field];
  if (!result || result.__typename.endsWith('Error')) throw new Error(JSON.stringify({ field, data, errors }));
  return result as never;
}

/** A board with a post of a new member, and a reader who stands in nothing to her. */
async function scene() {
  boards += 1;
  const slug = `shared-${boards}`;
  const { board } = await act(boss, 'createBoard', { slug, name: slug }, '... on CreateBoardSuccess { board { id } }');
  const [hana, vera] = [await client.signUp(), await client.signUp()];
  const input = { boardId: board?.id, title: 'Hers', body: 'What she says' };
  const { post } = await act(hana, 'createPost', input, '... on CreatePostSuccess { post { id } }');
  return { slug, hana, vera, postId: String(post?.id) };
}

type Asked = readonly [query: string, variables: object];

/** The whole answer as text, of which a test looks for what must not be in it. */
const read = async ([query, variables]: Asked, as: SignedIn | null): Promise<string> => {
  const { data, errors } = await client.ask<object>(query, variables, as);
  expect(errors).toBeUndefined();
  return JSON.stringify(data);
};

/** Reads until the answer is one that was given again, to each of the readers. */
async function warm(asked: Asked, readers: readonly (SignedIn | null)[]): Promise<void> {
  for (const reader of readers)
    await until(async () => {
      const before = await shared();
      await read(asked, reader);
      return (await shared()) > before;
    }, 'the answer being shared');
}

let fresh = 0;
/** Asks the same by an operation that nobody has asked before, of which nothing can be kept. */
const readFresh = ([query, variables]: Asked, as: SignedIn | null): Promise<string> => {
  fresh += 1;
  return read([query.replace(/^query \w+/, `query Fresh${fresh}`), variables], as);
};

describe('answers to public reads', () => {
  it('are shared by anonymous clients and members to whom all is public; counters in them are two seconds old at most', async () => {
    const { slug, hana, vera, postId } = await scene();
    const asked: Asked = [BOARD, { slug }];
    await until(async () => (await read(asked, null)).includes('"Hers"'), 'the post');
    await warm(asked, [null, vera, hana]);
    const liker = await client.signUp();
    await act(liker, 'likePost', { postId });
    await until(async () => (await read(asked, vera)).includes('"likeCount":1'), 'the like', 4_000);
  });

  it('are her own for a member who wrote to the same thing a moment ago', async () => {
    const { vera, postId } = await scene();
    const asked: Asked = [POST, { id: postId }];
    await warm(asked, [null, vera]);
    await act(vera, 'likePost', { postId });
    expect(await read(asked, vera)).toContain('"likeCount":1');
    await act(vera, 'createComment', { postId, body: 'I was here' });
    expect(await read(asked, vera)).toContain('I was here');
  });

  it('are her own, too, for one who has written to something else since', async () => {
    const { vera, postId } = await scene();
    const other = await scene();
    const asked: Asked = [POST, { id: postId }];
    await warm(asked, [null, vera]);
    await act(vera, 'likePost', { postId: postId.toUpperCase() });
    await act(vera, 'likePost', { postId: other.postId });
    expect(await read(asked, vera)).toContain('"likeCount":1');
  });

  it('never hold how a member stands to something', async () => {
    const { hana, vera, postId } = await scene();
    await act(vera, 'likePost', { postId });
    const asked: Asked = [STATES, { ids: [postId] }];
    for (let i = 0; i < 3; i += 1) {
      expect(await read(asked, vera)).toContain('true');
      expect(await read(asked, hana)).toContain('false');
      expect(await read(asked, null)).toBe('{"viewer":null}');
    }
  });

  it('are never given to who shows a token that is no good', async () => {
    const { slug } = await scene();
    await warm([BOARD, { slug }], [null]);
    const { errors } = await client.ask(BOARD, { slug }, { accessToken: 'no.good.token' });
    expect(errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED');
  });
});

describe('what is hidden is in no answer from that moment on', () => {
  it.each<[string, (of: Awaited<ReturnType<typeof scene>>) => Promise<unknown>]>([
    ['a post that its author deletes', ({ hana, postId }) => act(hana, 'deletePost', { postId })],
    ['a post that a moderator deletes', ({ postId }) => act(boss, 'deletePost', { postId })],
    [
      'what an edit takes out of a post',
      ({ hana, postId }) => act(hana, 'editPost', { postId, title: 'Other', expectedVersion: 1 }),
    ],
  ])('%s', async (_, hide) => {
    const of = await scene();
    const asked: readonly Asked[] = [
      [BOARD, { slug: of.slug }],
      [POST, { id: of.postId }],
    ];
    for (const one of asked) await warm(one, [null, of.vera]);
    await hide(of);
    for (const one of asked)
      for (const reader of [null, of.vera]) expect(await read(one, reader)).not.toContain('"Hers"');
  });

  it.each<[string, boolean, (of: Awaited<ReturnType<typeof scene>>) => Promise<unknown>]>([
    ['of whom the author blocks', false, ({ hana, vera }) => act(hana, 'block', { userId: vera.id })],
    ['of who blocks the author', false, ({ hana, vera }) => act(vera, 'block', { userId: hana.id })],
    ['of who mutes the author', false, ({ hana, vera }) => act(vera, 'mute', { userId: hana.id })],
    [
      'of everybody, when the author becomes private',
      true,
      ({ hana }) => act(hana, 'updateSettings', { private: true, expectedVersion: 1 }),
    ],
    [
      'of everybody, when the author is suspended',
      true,
      ({ hana }) => act(boss, 'suspendAccount', { accountId: hana.id, reason: 'Spam' }),
    ],
  ])('a post: that %s', async (_, fromEverybody, hide) => {
    const of = await scene();
    const asked: Asked = [BOARD, { slug: of.slug }];
    const other = await client.signUp();
    await warm(asked, [null, of.vera, other]);
    await hide(of);
    // The domain of posts hears of it by an event; from then on not one answer may be of before.
    await until(async () => {
      await warmly(asked, [null, other]);
      return !(await readFresh(asked, of.vera)).includes('"Hers"');
    }, 'content hearing of it');
    for (const reader of fromEverybody ? [null, of.vera, other] : [of.vera])
      expect(await read(asked, reader)).not.toContain('"Hers"');
    if (!fromEverybody) for (const reader of [null, other]) expect(await read(asked, reader)).toContain('"Hers"');
  });

  it('a member, at once, from whom she blocks', async () => {
    const { hana, vera } = await scene();
    const asked: Asked = [PROFILE, { handle: hana.handle }];
    await warm(asked, [null, vera]);
    await act(hana, 'block', { userId: vera.id });
    expect(await read(asked, vera)).toBe('{"user":null}');
    expect(await read(asked, null)).toContain(hana.id);
  });

  it('what a member shows her followers alone, at once', async () => {
    const { hana, vera } = await scene();
    await act(hana, 'updateProfile', { bio: 'A word of hers', expectedVersion: 1 });
    const asked: Asked = [PROFILE, { handle: hana.handle }];
    await warm(asked, [null, vera]);
    await act(hana, 'updateSettings', { private: true, expectedVersion: 2 });
    for (const reader of [null, vera]) expect(await read(asked, reader)).not.toContain('A word of hers');
  });
});

/** Reads as others do meanwhile, so that there is something to be given wrongly. */
async function warmly(asked: Asked, readers: readonly (SignedIn | null)[]): Promise<void> {
  for (const reader of readers) await read(asked, reader);
}
