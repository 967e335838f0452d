import { until } from '@community/testing/wait';
import { describe, expect, it } from 'vitest';
import type { TestPlatform } from '../platform.ts';
import { usePlatform } from '../suite-platform.ts';
import { signUpAdministrator } from './administrator.ts';
import { type Client, createClient, type SignedIn } from './client.ts';
import * as operations from './generated/operations.ts';
import { statements } from './statements.ts';

/** A platform with an engine in it, and where engines differ. */
export interface Engine {
  readonly name: string;
  start(): Promise<TestPlatform>;
  /** Its code of a subgraph that does not answer. */
  readonly unavailable: string;
}

/** What members do on the whole platform, whatever engine plans and joins there: one platform for all cases. */
export function graphSuite(engine: Engine): void {
  describe(`the graph on ${engine.name}`, () => {
    let client: Client;
    let boardId: string;
    const platform = usePlatform(engine.start, async (started) => {
      client = createClient(started.url);
      const boss = await signUpAdministrator(client, started.databaseUrl('auth'));
      const { data } = await client.send(
        operations.CreateBoardDocument,
        { input: { slug: 'general', name: 'General' } },
        boss,
      );
      if (data.createBoard.__typename !== 'CreateBoardSuccess') throw new Error(JSON.stringify(data));
      boardId = data.createBoard.board.id;
    });

    async function post(author: SignedIn, title = 'Hello'): Promise<string> {
      const { data } = await client.send(
        operations.CreatePostDocument,
        { input: { boardId, title, body: '**Hello**, everybody' } },
        author,
      );
      if (data.createPost.__typename !== 'CreatePostSuccess') throw new Error(JSON.stringify(data));
      return data.createPost.post.id;
    }

    describe('a newcomer', () => {
      it('signs up and reads her own profile in the same request and at once after it', async () => {
        const member = await client.signUp();
        const { data } = await client.send(operations.MeDocument, { postIds: [] }, member);
        expect(data.viewer).toMatchObject({
          account: { id: member.id, email: member.email, roles: ['MEMBER'] },
          user: { handle: member.handle },
        });
      });

      it('is told that a handle is taken, and whose answer it is', async () => {
        const first = await client.signUp();
        const { data } = await client.send(operations.SignUpDocument, {
          input: {
            email: 'other@example.com',
            password: 'correct horse battery',
            handle: first.handle,
            displayName: 'Other',
          },
        });
        expect(data.signUp).toMatchObject({
          __typename: 'HandleTakenError',
          code: 'HANDLE_TAKEN',
          path: ['input', 'handle'],
        });
      });

      it('is found by her handle as soon as the event has been handled', async () => {
        const member = await client.signUp();
        await until(
          async () =>
            (await client.send(operations.ProfileDocument, { handle: member.handle })).data.user?.id === member.id,
          'the profile',
        );
      });
    });

    describe('a member', () => {
      it('writes, comments, likes, follows and blocks, each answer joined across the subgraphs', async () => {
        const [author, reader] = [await client.signUp(), await client.signUp()];
        const created = await client.send(
          operations.CreatePostDocument,
          { input: { boardId, title: 'First', body: '**Bold** <script>alert(1)</script>' } },
          author,
        );
        expect(created.data.createPost).toMatchObject({
          post: { title: 'First', author: { handle: author.handle }, board: { slug: 'general' } },
        });
        const html =
          created.data.createPost.__typename === 'CreatePostSuccess' ? created.data.createPost.post.bodyHtml : '';
        expect(html).toContain('<strong>Bold</strong>');
        expect(html).not.toContain('<script>');
        const postId =
          created.data.createPost.__typename === 'CreatePostSuccess' ? created.data.createPost.post.id : '';

        const comment = await client.send(
          operations.CreateCommentDocument,
          { input: { postId, body: '반가워요' } },
          reader,
        );
        expect(comment.data.createComment).toMatchObject({
          comment: { author: { handle: reader.handle }, post: { id: postId, commentCount: 1 } },
        });
        const like = await client.send(operations.LikePostDocument, { input: { postId } }, reader);
        expect(like.data.likePost).toMatchObject({ post: { likeCount: 1, author: { handle: author.handle } } });
        const follow = await client.send(operations.FollowDocument, { input: { userId: author.id } }, reader);
        expect(follow.data.follow).toMatchObject({
          user: { handle: author.handle, followerCount: 1, posts: { edges: [{ node: { title: 'First' } }] } },
        });
        const me = await client.send(operations.MeDocument, { postIds: [postId] }, reader);
        expect(me.data.viewer?.postStates).toEqual(
          [{ __typename: 'PostState', liked: true }].map(({ liked }) => expect.objectContaining({ liked })),
        );

        const block = await client.send(operations.BlockDocument, { input: { userId: reader.id } }, author);
        expect(block.data.block).toMatchObject({ userId: reader.id });
        await until(
          async () => (await client.send(operations.PostPageDocument, { id: postId }, reader)).data.post === null,
          'the post hidden from the blocked one',
        );
        expect((await client.send(operations.PostPageDocument, { id: postId })).data.post?.title).toBe('First');
      });

      it('signs in and out; a session that has ended is refused by every subgraph within moments', async () => {
        const member = await client.signUp();
        const again = await client.send(operations.SignInDocument, {
          input: { email: member.email, password: member.password },
        });
        if (again.data.signIn.__typename !== 'SignInSuccess') throw new Error(JSON.stringify(again.data));
        const session = again.data.signIn.session;
        await client.send(operations.SignOutDocument, { input: {} }, session);
        await until(async () => {
          const follow = await client.send(operations.FollowDocument, { input: { userId: member.id } }, session);
          const create = await client.send(
            operations.CreatePostDocument,
            { input: { boardId, title: 'x', body: 'x' } },
            session,
          );
          return [follow, create].every(({ errors }) =>
            errors?.some(({ extensions }) => extensions?.code === 'UNAUTHENTICATED'),
          );
        }, 'both subgraphs refusing the token');
        expect((await client.send(operations.MeDocument, { postIds: [] }, member)).data.viewer?.account?.id).toBe(
          member.id,
        );
      });

      it('gets new tokens for a refresh token once; a second use ends the session', async () => {
        const member = await client.signUp();
        const refresh = (refreshToken: string) =>
          client.send(operations.RefreshSessionDocument, { input: { refreshToken } });
        const first = await refresh(member.refreshToken);
        if (first.data.refreshSession.__typename !== 'RefreshSessionSuccess')
          throw new Error(JSON.stringify(first.data));
        const second = await refresh(first.data.refreshSession.session.refreshToken);
        if (second.data.refreshSession.__typename !== 'RefreshSessionSuccess')
          throw new Error(JSON.stringify(second.data));
        expect((await refresh(member.refreshToken)).data.refreshSession).toMatchObject({
          __typename: 'InvalidRefreshTokenError',
        });
        expect((await refresh(second.data.refreshSession.session.refreshToken)).data.refreshSession).toMatchObject({
          __typename: 'InvalidRefreshTokenError',
        });
      });

      it('uses cookies in a browser, and other sites cannot', async () => {
        const member = await client.signUp();
        const json = { 'content-type': 'application/json' };
        const signedIn = await fetch(`${platform().url}/auth/sign-in`, {
          method: 'POST',
          headers: json,
          body: JSON.stringify({ email: member.email, password: member.password }),
        });
        expect(signedIn.status).toBe(200);
        const cookie = signedIn.headers
          .getSetCookie()
          .map((one) => one.split(';')[0])
          .join('; ');
        const body = JSON.stringify({ query: '{ viewer { user { handle } } }' });
        const own = await fetch(`${platform().url}/graphql`, { method: 'POST', headers: { ...json, cookie }, body });
        expect(await own.json()).toEqual({ data: { viewer: { user: { handle: member.handle } } } });
        const foreign = await fetch(`${platform().url}/graphql`, {
          method: 'POST',
          headers: { ...json, cookie, origin: 'https://evil.example' },
          body,
        });
        expect(foreign.status).toBe(403);
        const out = await fetch(`${platform().url}/auth/sign-out`, {
          method: 'POST',
          headers: { ...json, cookie },
          body: '{}',
        });
        expect(out.status).toBe(200);
      });

      it('never gets an answer that was another member’s', async () => {
        const members = await Promise.all(Array.from({ length: 8 }, () => client.signUp()));
        const answers = await Promise.all(
          Array.from({ length: 240 }, (_, i) => client.send(operations.MeDocument, { postIds: [] }, members[i % 8])),
        );
        for (const [i, { data }] of answers.entries())
          expect(data.viewer).toMatchObject({
            account: { id: members[i % 8]?.id },
            user: { handle: members[i % 8]?.handle },
          });
      });
    });

    it('leaves out what a client says that it does not want', async () => {
      const author = await client.signUp();
      const postId = await post(author);
      const query = `query($id: ID!, $wanted: Boolean!) { post(id: $id) { title @include(if: $wanted) language @skip(if: $wanted)
    author @include(if: $wanted) { handle @skip(if: $wanted) id @include(if: $wanted) } } }`;
      const ask = async (wanted: boolean) => {
        const { data, errors } = await client.ask(query, { id: postId, wanted });
        expect(errors).toBeUndefined();
        return data;
      };
      expect(await ask(true)).toEqual({ post: { title: 'Hello', author: { id: author.id } } });
      expect(await ask(false)).toEqual({ post: { language: 'en' } });
    });

    describe('the cost of a feed', () => {
      it('is at most five SQL statements in all subgraphs together, whatever the page', async () => {
        const authors = await Promise.all(Array.from({ length: 5 }, () => client.signUp()));
        for (let i = 0; i < 25; i += 1) await post(authors[i % 5] as SignedIn, `Post ${i}`);
        const viewer = await client.signUp();
        const cost = async (first: number, as?: SignedIn) => {
          const before = await statements(platform());
          const { data } = await client.send(operations.FeedDocument, { first }, as);
          expect(data.feed.edges).toHaveLength(first);
          expect(data.feed.edges.every((edge) => edge.node?.author?.handle)).toBe(true);
          return (await statements(platform())) - before;
        };
        await cost(20, viewer);
        // From when the last sign-up has been told, all authors stay in user's cache.
        const costs = await until(async () => {
          const all = [await cost(1), await cost(20), await cost(1, viewer), await cost(20, viewer)];
          return all[0] === all[1] && all[2] === all[3] ? all : null;
        }, 'one cost for every page');
        expect(Math.max(...costs)).toBeLessThanOrEqual(5);
      });
    });

    describe('an operation that asks too much', () => {
      const nest = (depth: number): string =>
        depth === 0 ? '{ id }' : `{ author { posts(first: 1) { edges { node ${nest(depth - 1)} } } } }`;
      it.each([
        ['too deep', `{ feed(first: 1) { edges { node ${nest(4)} } } }`, 'LIMIT_EXCEEDED'],
        [
          'of a thousand aliases',
          `{ ${Array.from({ length: 60 }, (_, i) => `a${i}: boards { id }`).join(' ')} }`,
          'LIMIT_EXCEEDED',
        ],
        [
          'of directives',
          `{ boards { ${Array.from({ length: 60 }, () => 'id @include(if: true)').join(' ')} } }`,
          'LIMIT_EXCEEDED',
        ],
        ['of too large pages', '{ feed(first: 99999999) { pageInfo { hasNextPage } } }', 'BAD_USER_INPUT'],
        [
          'of lists in lists',
          '{ feed(first: 100) { edges { node { comments(first: 100) { edges { node { replies(first: 100) { edges { node { id } } } } } } } } } }',
          'LIMIT_EXCEEDED',
        ],
      ])('%s is refused in words', async (_, query, code) => {
        const response = await fetch(`${platform().url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ query }),
        });
        const answer = (await response.json()) as { errors: { message: string; extensions: { code: string } }[] };
        expect(answer.errors[0]?.extensions.code).toBe(code);
        expect(JSON.stringify(answer)).not.toMatch(/node_modules|\.ts:|127\.0\.0\.1/);
      });

      it('in tokens, in one batch or in bytes is refused too', async () => {
        const send = (body: string) =>
          fetch(`${platform().url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
        expect(await (await send(JSON.stringify({ query: `{ boards { ${'id '.repeat(3_000)} } }` }))).text()).toMatch(
          /token/i,
        );
        expect(
          (await send(JSON.stringify(Array.from({ length: 50 }, () => ({ query: '{ __typename }' }))))).status,
        ).toBeGreaterThanOrEqual(400);
        expect((await send(JSON.stringify({ query: `{ boards { id } } #${'x'.repeat(2_000_000)}` }))).status).toBe(413);
      });
    });

    describe('the gateway', () => {
      it('takes no simple request of a form, and no mutation by GET', async () => {
        const form = await fetch(`${platform().url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'text/plain' },
          body: JSON.stringify({ query: '{ __typename }' }),
        });
        expect(form.status).toBeGreaterThanOrEqual(400);
        const get = await fetch(
          `${platform().url}/graphql?query=${encodeURIComponent('mutation { signOut(input: {}) { __typename } }')}`,
          { headers: { 'apollo-require-preflight': '1' } },
        );
        expect(get.status).toBe(405);
      });

      it.each([
        ['is no JSON', '{'],
        ['is empty', ''],
        ['is no object', '"{ __typename }"'],
        ['holds no document', '{}'],
        ['holds a document that is no text', '{"query":5}'],
      ])('answers 400 to a body that %s', async (_, body) => {
        const response = await fetch(`${platform().url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', accept: 'application/json' },
          body,
        });
        expect(response.status).toBe(400);
        expect(await response.json()).toMatchObject({ errors: [{ message: expect.any(String) }] });
      });

      it('lets nobody pretend to be the platform', async () => {
        const member = await client.signUp();
        const forged = createClient(platform().url, {
          'x-router-secret': 'guess',
          'x-client-address': '1.2.3.4',
          'x-member-id': member.id,
        });
        expect((await forged.send(operations.MeDocument, { postIds: [] })).data.viewer).toBeNull();
        const { services } = platform().runtime();
        const direct = await fetch(`${services.user?.url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '{"query":"{ __typename }"}',
        });
        expect(direct.status).toBe(403);
      });

      it('compresses what is long, and shows GraphiQL to developers without asking another host', async () => {
        const author = await client.signUp();
        await post(author, 'x'.repeat(200));
        const response = await fetch(`${platform().url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'accept-encoding': 'gzip' },
          body: '{"query":"{ feed { edges { node { a: title b: title c: title d: title e: title f: title } } } }"}',
        });
        expect(response.headers.get('content-encoding')).toBe('gzip');
        const page = await (await fetch(`${platform().url}/graphql`, { headers: { accept: 'text/html' } })).text();
        expect(page).toContain('query Feed');
        expect(page).not.toMatch(/<script[^>]+src="https?:/);
      });
    });

    describe('a subgraph that is killed', () => {
      it('costs its own fields only, and is back by itself with nothing lost', async () => {
        const author = await client.signUp();
        const postId = await post(author, 'Before');
        const pid = platform().runtime().services.user?.pid;
        if (!pid) throw new Error('no process to kill');
        process.kill(pid, 'SIGKILL');
        const during = await client.send(operations.PostPageDocument, { id: postId });
        expect(during.data.post?.title).toBe('Before');
        if (!during.data.post?.author?.handle) expect(during.errors?.[0]?.extensions?.code).toBe(engine.unavailable);
        expect(JSON.stringify(during)).not.toMatch(/ECONN|127\.0\.0\.1/);
        const written = await post(author, 'During');
        await until(
          async () =>
            (await client.send(operations.PostPageDocument, { id: written })).data.post?.author?.handle ===
            author.handle,
          'user being back',
          10_000,
        );
      });
    });
  });
}
