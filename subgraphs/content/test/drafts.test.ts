import { newId } from '@community/kit/ids';
import { startDomain, type TestDomain } from '@community/testing/domain';
import type { TestMember } from '@community/testing/member-key';
import { until } from '@community/testing/wait';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { content } from '../src/content.ts';
import { costOf, createBoard, POST } from './support.ts';

let domain: TestDomain;
let boardId: string;
beforeAll(async () => {
  domain = await startDomain(content);
  boardId = await createBoard(domain);
});
afterAll(() => domain[Symbol.asyncDispose]());

interface Saved {
  readonly draft: { id: string; title: string; body: string; version: number; tags: string[] };
  readonly code?: string;
}
async function save(as: TestMember | null, input: object): Promise<Saved> {
  const { data } = await domain.query<{ saveDraft: Saved }>(
    'mutation($input: SaveDraftInput!) { saveDraft(input: $input) { ... on SaveDraftSuccess { draft { id title body version tags } } ... on Error { code } } }',
    { input: { title: 'Draft', body: 'Unfinished', ...input } },
    as,
  );
  return data.saveDraft;
}
async function publish(as: TestMember | null, draftId: string, expectedVersion = 1) {
  const { data } = await domain.query<{ publishDraft: { post?: { id: string }; code?: string; path?: string[] } }>(
    'mutation($input: PublishDraftInput!) { publishDraft(input: $input) { ... on PublishDraftSuccess { post { id title tags { name } author { id } } } ... on Error { code path } } }',
    { input: { draftId, expectedVersion } },
    as,
  );
  return data.publishDraft;
}
const DRAFTS =
  'query($first: Int, $after: String) { viewer { drafts(first: $first, after: $after) { edges { node { id board { id } } } pageInfo { hasNextPage endCursor } } } }';
interface Page {
  readonly edges: { node: { id: string } }[];
  readonly pageInfo: { hasNextPage: boolean; endCursor: string };
}
const page = async (as: TestMember, first = 20, after: string | null = null) =>
  (await domain.query<{ viewer: { drafts: Page } }>(DRAFTS, { first, after }, as)).data.viewer.drafts;
const ids = ({ edges }: Page) => edges.map((edge) => edge.node.id);

async function published(id: string): Promise<number> {
  return until(async () => {
    if ((await domain.database.query('SELECT FROM events.outbox')).rowCount) return null;
    const told = await domain.log.query("SELECT FROM log.record WHERE key = $1 AND value->>'type' = 'post.published'", [
      id,
    ]);
    return String(told.rowCount);
  }, 'the outbox being empty').then(Number);
}

describe('a draft', () => {
  it('is saved unfinished, saved again from the version that was read, and listed by when it was saved', async () => {
    const author = domain.keys.member();
    const { draft: first } = await save(author, { title: '', body: '' });
    const { draft: second } = await save(author, { boardId });
    expect(first).toMatchObject({ title: '', body: '', version: 1, tags: [] });
    expect(ids(await page(author))).toEqual([second.id, first.id]);
    const again = await save(author, { draftId: first.id, title: ' 제목 ', tags: ['#Tag'], expectedVersion: 1 });
    expect(again.draft).toMatchObject({ id: first.id, title: '제목', version: 2, tags: ['tag'] });
    expect(await save(author, { draftId: first.id, expectedVersion: 1 })).toEqual({ code: 'VERSION_CONFLICT' });
    const one = await page(author, 1);
    expect([ids(one), one.pageInfo.hasNextPage]).toEqual([[first.id], true]);
    expect(ids(await page(author, 1, one.pageInfo.endCursor))).toEqual([second.id]);
  });

  it('is begun once however often the same request is sent', async () => {
    const author = domain.keys.member();
    const answers = await Promise.all([1, 2, 3].map(() => save(author, { clientMutationId: 'k' })));
    expect(new Set(answers.map(({ draft }) => draft.id)).size).toBe(1);
    expect(ids(await page(author))).toHaveLength(1);
  });

  it('is nobody else’s to read, save, publish or delete, by no way, not a moderator’s either', async () => {
    const author = domain.keys.member();
    const { draft } = await save(author, { boardId });
    const read = async (as: TestMember | null) =>
      (
        await domain.query(
          'query($id: ID!, $r: [_Any!]!) { _entities(representations: $r) { ... on Draft { body } } viewer { draft(id: $id) { body } } post(id: $id) { body } }',
          { id: draft.id, r: [{ __typename: 'Draft', id: draft.id }] },
          as,
        )
      ).data;
    const words = { body: 'Unfinished' };
    expect(await read(author)).toEqual({ _entities: [words], viewer: { draft: words }, post: null });
    const moderator = domain.keys.member({ roles: ['MODERATOR', 'ADMINISTRATOR'] });
    for (const as of [moderator, domain.keys.member()]) {
      expect(await read(as)).toEqual({ _entities: [null], viewer: { draft: null }, post: null });
      expect(await save(as, { draftId: draft.id, expectedVersion: 1 })).toEqual({ code: 'NOT_FOUND' });
      expect(await publish(as, draft.id)).toMatchObject({ code: 'NOT_FOUND' });
      const gone = await domain.query(
        'mutation($id: ID!) { deleteDraft(input: { draftId: $id }) { ... on Error { code } } }',
        { id: draft.id },
        as,
      );
      expect(gone.data).toEqual({ deleteDraft: { code: 'NOT_FOUND' } });
      expect(ids(await page(as))).toEqual([]);
    }
    expect(await read(null)).toEqual({ _entities: [null], viewer: null, post: null });
    expect(await save(null, {})).toEqual({ code: 'NOT_SIGNED_IN' });
    expect(
      (await domain.log.query('SELECT FROM log.record WHERE value::text LIKE $1', [`%${draft.id}%`])).rowCount,
    ).toBe(0);
  });

  it('becomes a post, told once, however often it is published', async () => {
    const author = domain.keys.member();
    const { draft } = await save(author, { boardId, tags: ['done'] });
    const answers = await Promise.all([1, 2, 3].map(() => publish(author, draft.id)));
    for (const answer of answers)
      expect(answer).toEqual({
        post: { id: draft.id, title: 'Draft', tags: [{ name: 'done' }], author: { id: author.id } },
      });
    expect(ids(await page(author))).toEqual([]);
    expect((await domain.query(POST, { id: draft.id })).data).toMatchObject({ post: { title: 'Draft' } });
    expect(await published(draft.id)).toBe(1);
  });

  it('is published only whole: with board, title and body, from the version that was read', async () => {
    const author = domain.keys.member();
    const { draft: homeless } = await save(author, {});
    expect(await publish(author, homeless.id)).toMatchObject({ code: 'NOT_FOUND', path: ['input', 'draftId'] });
    const { draft: nameless } = await save(author, { boardId, title: ' ' });
    expect(await publish(author, nameless.id)).toMatchObject({ path: ['input', 'title'] });
    expect(await publish(author, nameless.id, 2)).toMatchObject({ code: 'VERSION_CONFLICT' });
    expect(await save(author, { boardId: newId() })).toEqual({ code: 'NOT_FOUND' });
    expect(await save(author, { body: 'x'.repeat(40_001) })).toEqual({ code: 'INVALID' });
    expect(ids(await page(author))).toHaveLength(2);
  });

  it('is one of at most a hundred, and a list costs the same SQL for one and for many', async () => {
    const author = domain.keys.member();
    await domain.database.query(
      `INSERT INTO draft (id, author_id, board_id, title, body, language) SELECT gen_random_uuid(), $1, $2, '', '', 'en' FROM generate_series(1, 99)`,
      [author.id, boardId],
    );
    expect((await save(author, {})).draft.version).toBe(1);
    expect(await save(author, {})).toEqual({ code: 'TOO_MANY_DRAFTS' });
    const cost = (first: number) => costOf(domain, () => page(author, first));
    await cost(1);
    expect([await cost(2), await cost(50)]).toEqual([2, 2]);
  });
});
