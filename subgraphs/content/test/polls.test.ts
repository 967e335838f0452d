import { startDomain, type TestDomain } from '@community/testing/domain';
import type { TestMember } from '@community/testing/member-key';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { content } from '../src/content.ts';
import { costOf, createBoard, tellUser } from './support.ts';

let domain: TestDomain;
let boardId: string;
beforeAll(async () => {
  domain = await startDomain(content);
  boardId = await createBoard(domain);
});
afterAll(() => domain[Symbol.asyncDispose]());

interface Poll {
  readonly voterCount: number;
  readonly closed: boolean;
  readonly options: { id: string; text: string; voteCount: number }[];
}
const POLL = 'poll { voterCount closed options { id text voteCount } }';

async function ask(author: TestMember, poll: object = {}): Promise<{ id: string; a: string; b: string }> {
  const { data } = await domain.query<{ createPost: { post?: { id: string; poll: Poll }; code?: string } }>(
    `mutation($input: CreatePostInput!) { createPost(input: $input) { ... on CreatePostSuccess { post { id ${POLL} } } ... on Error { code path } } }`,
    { input: { boardId, title: 'Which one?', body: 'Body', poll: { options: ['예', '아니요'], ...poll } } },
    author,
  );
  const { post } = data.createPost;
  if (!post) throw new Error(JSON.stringify(data));
  return { id: post.id, a: String(post.poll.options[0]?.id), b: String(post.poll.options[1]?.id) };
}
async function vote(as: TestMember | null, postId: string, ...optionIds: string[]) {
  const { data } = await domain.query<{
    vote: { post?: { poll: Poll }; state: { pollChoices: string[] }; code?: string };
  }>(
    `mutation($input: VoteInput!) { vote(input: $input) { ... on VoteSuccess { post { ${POLL} } state { pollChoices } } ... on Error { code } } }`,
    { input: { postId, optionIds } },
    as,
  );
  return data.vote.code ?? [...counts(data.vote.post?.poll), data.vote.state.pollChoices];
}
const counts = (poll?: Poll | null) => [poll?.voterCount, poll?.options.map(({ voteCount }) => voteCount)];
async function read(postId: string, as: TestMember | null = null): Promise<Poll | null | undefined> {
  const { data } = await domain.query<{ post: { poll: Poll | null } | null }>(
    `query($id: ID!) { post(id: $id) { ${POLL} } }`,
    { id: postId },
    as,
  );
  return data.post?.poll;
}

describe('a poll', () => {
  it('counts a member once, as she chose last, also of many at once', async () => {
    const { id, a, b } = await ask(domain.keys.member());
    const [mina, ...others] = Array.from({ length: 6 }, () => domain.keys.member()) as [TestMember, ...TestMember[]];
    expect(await vote(mina, id, a)).toEqual([1, [1, 0], [a]]);
    expect(await vote(mina, id, b)).toEqual([1, [0, 1], [b]]);
    expect(await vote(mina, id, a, b)).toBe('ONE_OPTION');
    await Promise.all([...others, ...others].map((member) => vote(member, id, a)));
    expect(counts(await read(id))).toEqual([6, [5, 1]]);
    expect(await vote(mina, id)).toEqual([5, [5, 0], []]);
    expect(await vote(mina, id)).toEqual([5, [5, 0], []]);
    const states = await domain.query(
      'query($ids: [ID!]!) { viewer { postStates(ids: $ids) { pollChoices } } }',
      { ids: [id] },
      others[0],
    );
    expect(states.data).toEqual({ viewer: { postStates: [{ pollChoices: [a] }] } });
  });

  it('takes several options where it says so', async () => {
    const { id, a, b } = await ask(domain.keys.member(), { multiple: true });
    expect(await vote(domain.keys.member(), id, a, b, a)).toEqual([1, [1, 1], expect.arrayContaining([a, b])]);
  });

  it('takes no vote without a member, of another poll, when it is closed, or from somebody whom its author blocks', async () => {
    const [author, blocked] = [domain.keys.member(), domain.keys.member()];
    const { id, a } = await ask(author, { closesAt: new Date(Date.now() + 3_600_000).toISOString() });
    const other = await ask(author);
    expect(await vote(null, id, a)).toBe('NOT_SIGNED_IN');
    expect(await vote(blocked, id, other.a)).toBe('INVALID');
    expect(await vote(blocked, other.a, a)).toBe('NOT_FOUND');
    await domain.database.query("UPDATE poll SET closes_at = now() - interval '1 second' WHERE post_id = $1", [id]);
    expect(await vote(blocked, id, a)).toBe('POLL_CLOSED');
    expect(await read(id)).toMatchObject({ closed: true });
    await tellUser(domain, 'user.blocked', author.id, { blockerId: author.id, blockedId: blocked.id });
    expect(await vote(blocked, other.id, other.a)).toBe('NOT_FOUND');
    expect(await read(other.id, blocked)).toBeUndefined();
  });

  it('goes with its post, and is refused when its options are wrong or say what may not be said', async () => {
    const author = domain.keys.member();
    const { id } = await ask(author);
    await domain.query('mutation($id: ID!) { deletePost(input: { postId: $id }) { __typename } }', { id }, author);
    expect(await read(id)).toBeNull();
    await expect(ask(author, { options: ['one'] })).rejects.toThrow('"options"');
    await expect(ask(author, { options: ['fine', 'n i g g e r'] })).rejects.toThrow('BANNED_WORDS');
  });

  it('costs the same SQL for one post and for many', async () => {
    const author = domain.keys.member();
    for (let i = 0; i < 5; i += 1) await ask(author);
    const cost = (first: number) =>
      costOf(domain, () =>
        domain.query(`query($first: Int) { feed(first: $first) { edges { node { ${POLL} } } } }`, { first }),
      );
    await cost(1);
    expect([await cost(1), await cost(5)]).toEqual([3, 3]);
  });
});
