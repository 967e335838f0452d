import type { lookup } from 'node:dns';
import { startDomain, type TestDomain } from '@community/testing/domain';
import type { TestMember } from '@community/testing/member-key';
import { serve } from '@community/testing/serve';
import { until } from '@community/testing/wait';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defineContent } from '../src/content.ts';
import { costOf, createBoard } from './support.ts';

let domain: TestDomain;
let server: Awaited<ReturnType<typeof serve>>;
let boardId: string;
const asked: string[] = [];
beforeAll(async () => {
  server = await serve((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(200, { 'content-type': 'text/html' }).end(`<title>Page ${request.url}</title>`);
  });
  const here = (_: string, __: object, done: (error: null, found: object[]) => void) =>
    done(null, [{ address: '127.0.0.1', family: 4 }]);
  domain = await startDomain(
    defineContent({ lookup: here as unknown as typeof lookup, allows: (address) => address === '127.0.0.1' }),
  );
  boardId = await createBoard(domain);
});
afterAll(async () => {
  await domain[Symbol.asyncDispose]();
  await server.close();
});

const url = (path: string) => `http://pages.test:${new URL(server.url).port}${path}`;
async function post(author: TestMember, body: string): Promise<string> {
  const { data } = await domain.query<{ createPost: { post: { id: string } } }>(
    'mutation($input: CreatePostInput!) { createPost(input: $input) { ... on CreatePostSuccess { post { id } } } }',
    { input: { boardId, title: 'Title', body } },
    author,
  );
  return data.createPost.post.id;
}
async function preview(id: string): Promise<{ url: string; title: string } | null> {
  const { data } = await domain.query<{ post: { linkPreview: { url: string; title: string } | null } }>(
    'query($id: ID!) { post(id: $id) { linkPreview { url title } } }',
    { id },
  );
  return data.post.linkPreview;
}

describe('the preview of a link', () => {
  it('is of the first page that a post links to, read once for all posts, and follows an edit', async () => {
    const author = domain.keys.member();
    const id = await post(author, `See [this](${url('/one#top')}) and ${url('/two')}.`);
    expect(await until(() => preview(id), 'a preview')).toEqual({ url: url('/one'), title: 'Page /one' });
    expect(await preview(await post(author, url('/one')))).toMatchObject({ title: 'Page /one' });
    expect(asked).toEqual(['/one']);
    const edit = (body: string, expectedVersion: number) =>
      domain.query(
        'mutation($input: EditPostInput!) { editPost(input: $input) { __typename } }',
        { input: { postId: id, body, expectedVersion } },
        author,
      );
    await edit(url('/three'), 1);
    await until(async () => (await preview(id))?.title === 'Page /three', 'the other preview');
    await edit('No link, `http://example.org` is code', 2);
    expect(await preview(id)).toBeNull();
  });

  it('is not there for a post that was taken away, and none is made of one that is held', async () => {
    const author = domain.keys.member();
    const id = await post(author, url('/gone'));
    await until(() => preview(id), 'a preview');
    await domain.query('mutation($id: ID!) { deletePost(input: { postId: $id }) { __typename } }', { id }, author);
    expect(await preview(id)).toBeNull();
    await post(author, `shit ${url('/held')}`);
    const later = await post(author, url('/later'));
    await until(() => preview(later), 'a later preview');
    expect(asked).not.toContain('/held');
  });

  it('costs one statement for all posts of a page', async () => {
    const author = domain.keys.member();
    for (let i = 0; i < 4; i += 1) await post(author, url(`/many-${i}`));
    const cost = (first: number) =>
      costOf(domain, () =>
        domain.query('query($first: Int) { feed(first: $first) { edges { node { linkPreview { title } } } } }', {
          first,
        }),
      );
    await cost(1);
    expect([await cost(1), await cost(4)]).toEqual([2, 2]);
  });
});
