import { serve } from '@community/testing/serve';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operate, type Scene } from './attacker.ts';

const POST = `mutation ($input: CreatePostInput!) { createPost(input: $input) { __typename
  ... on CreatePostSuccess { post { id bodyHtml author { id } } } ... on Error { code path } } }`;
const COMMENT = `mutation ($input: CreateCommentInput!) { createComment(input: $input) { __typename
  ... on CreateCommentSuccess { comment { bodyHtml } } ... on Error { code } } }`;

const MARKUP: readonly string[] = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<a href="javascript:alert(1)">x</a>',
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](&#106;avascript:alert(1))',
  '[x](\u0001javascript:alert(1))',
  '[x](java\tscript:alert(1))',
  '[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)',
  '[x](vbscript:msgbox(1))',
  '![x](javascript:alert(1))',
  '![x](x" onerror="alert(1))',
  '[x](https://a.example/" onmouseover="alert(1))',
  '<javascript:alert(1)>',
  '`<script>alert(1)</script>`',
  '```html"><script>alert(1)</script>\nx\n```',
  '<style>@import "https://evil.example"</style>',
  '<form action=https://evil.example><input name=password></form>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
];

/** A tag that could run something, or an attribute that could; what only looks like one is escaped. */
const ACTIVE =
  /<(script|img|svg|iframe|style|form|input|math|object|embed|link|meta|base)\b|<[^>]*\s(on\w+\s*=|(href|src)\s*=\s*["']?\s*(?!https?:|mailto:|\/|#)[^"'\s>])/i;

const TEXTS: readonly (readonly [string, string])[] = [
  ['a NUL', 'a\u0000b'],
  ['half of a pair of surrogates', 'a\ud800b'],
  ['marks of direction', 'a\u202eb'],
  ['a million letters', 'x'.repeat(900_000)],
  ['nothing but spaces', '\u3000\u00a0 \t\n'],
];

/** What members write, against those who read it, the databases that keep it and the networks that we are in. */
export function inputCases(scene: () => Scene): void {
  const url = () => scene().platform.url;

  describe('markup', () => {
    it.each(MARKUP)('cannot run in who reads a post or a comment: %s', async (body) => {
      const { mallory, boardId, postId } = scene();
      const post = await operate(url(), POST, { input: { boardId, title: 'Look', body } }, mallory);
      const comment = await operate(url(), COMMENT, { input: { postId, body } }, mallory);
      const written = [post.data?.createPost, comment.data?.createComment] as {
        post?: { bodyHtml: string };
        comment?: { bodyHtml: string };
      }[];
      const shown = written.flatMap((one) => one.post?.bodyHtml ?? one.comment?.bodyHtml ?? []);
      expect(shown).toHaveLength(2);
      for (const html of shown) expect(html).not.toMatch(ACTIVE);
    });

    it.each([
      'javascript:alert(1)',
      'data:text/html,x',
      ' javascript:alert(1)',
      'https://user:pass@evil.example',
      'file:///etc/passwd',
    ])('is no link of a profile: %s', async (link) => {
      const query = `mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { __typename ... on Error { code } } }`;
      const input = { links: [{ url: link, label: 'x' }], expectedVersion: 1 };
      const { data } = await operate(url(), query, { input }, scene().mallory);
      expect(data?.updateProfile).toMatchObject({ __typename: 'ValidationError' });
    });
  });

  describe('a text with', () => {
    it.each(TEXTS)('%s is taken or refused, and is no fault of ours', async (_, text) => {
      const { mallory, boardId, postId } = scene();
      const asked = await Promise.all([
        operate(url(), POST, { input: { boardId, title: text, body: 'x' } }, mallory),
        operate(url(), POST, { input: { boardId, title: 'x', body: text } }, mallory),
        operate(url(), COMMENT, { input: { postId, body: text } }, mallory),
        operate(url(), 'query ($q: String!) { members(query: $q) { edges { node { id } } } }', { q: text }, mallory),
        operate(
          url(),
          'query ($q: ID!) { post(id: $q) { id } user(handle: "x") { id } board(slug: "x") { id } room(id: $q) { id } }',
          { q: text },
          mallory,
        ),
        operate(
          url(),
          'query ($q: String!) { user(handle: $q) { id } board(slug: $q) { id } feed(after: $q) { edges { node { id } } } }',
          { q: text },
          mallory,
        ),
        operate(
          url(),
          'mutation ($q: String!) { createRoom(input: { title: $q }) { __typename } }',
          { q: text },
          mallory,
        ),
        operate(
          url(),
          'mutation ($q: String!) { updateProfile(input: { displayName: $q, bio: $q, expectedVersion: 1 }) { __typename } }',
          { q: text },
          mallory,
        ),
        operate(url(), 'mutation ($q: String!) { signIn(input: { email: $q, password: $q }) { __typename } }', {
          q: text,
        }),
        operate(
          url(),
          'mutation ($q: String!) { signUp(input: { email: $q, password: $q, handle: $q, displayName: $q }) { __typename } }',
          { q: text },
        ),
        operate(url(), 'mutation ($q: String!) { refreshSession(input: { refreshToken: $q }) { __typename } }', {
          q: text,
        }),
        operate(
          url(),
          'query ($q: String!) { erasureReceipt(token: $q) { id } viewer { searchMessages(query: $q) { edges { node { id } } } } }',
          { q: text },
          mallory,
        ),
        operate(url(), POST, { input: { boardId, title: 'x', body: 'x', clientMutationId: text } }, mallory),
      ]);
      expect(asked.map(({ codes }) => codes.filter((code) => code === 'INTERNAL_SERVER_ERROR')).map(String)).toEqual(
        asked.map(() => ''),
      );
    });

    it('more ids than anybody has is refused or answered at once', async () => {
      const ids = Array.from({ length: 20_000 }, (_, i) => `00000000-0000-7000-8000-${String(i).padStart(12, '0')}`);
      const query = `query ($ids: [ID!]!) { viewer { postStates(ids: $ids) { liked } followStates(ids: $ids) { followed } } }`;
      const { codes } = await operate(url(), query, { ids }, scene().mallory);
      expect(new Set(codes)).toEqual(new Set(['BAD_USER_INPUT']));
    });
  });

  describe('an input that says who its author is, or what she may do', () => {
    it.each([
      ['createPost', '{ boardId: "1", title: "x", body: "x", authorId: "1" }'],
      ['createPost', '{ boardId: "1", title: "x", body: "x", visibility: HIDDEN }'],
      ['createComment', '{ postId: "1", body: "x", id: "1" }'],
      [
        'signUp',
        '{ email: "a@example.com", password: "correct horse battery", handle: "aaa", displayName: "a", roles: [ADMINISTRATOR] }',
      ],
      ['updateProfile', '{ expectedVersion: 1, userId: "1" }'],
      ['updateProfile', '{ expectedVersion: 1, handle: "administrator" }'],
      ['updateSettings', '{ expectedVersion: 1, memberId: "1" }'],
      ['sendMessage', '{ roomId: "1", body: "x", senderId: "1" }'],
      ['follow', '{ userId: "1", followerId: "1" }'],
    ])('of %s is no such input: %s', async (field, input) => {
      const { codes } = await operate(
        url(),
        `mutation { ${field}(input: ${input}) { __typename } }`,
        {},
        scene().mallory,
      );
      expect(codes).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    });

    it('makes no account at the front door', async () => {
      const handle = `eve${Date.now().toString(36)}`;
      const account = { email: `${handle}@example.com`, password: 'correct horse battery', handle, displayName: 'Eve' };
      const response = await fetch(`${url()}/auth/sign-up`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: scene().platform.publicUrl },
        body: JSON.stringify({ ...account, roles: ['ADMINISTRATOR'], emailVerified: true, id: scene().mina.id }),
      });
      expect(response.status).toBe(400);
      const signIn = await operate(
        url(),
        'mutation ($e: String!, $p: String!) { signIn(input: { email: $e, password: $p }) { __typename } }',
        { e: account.email, p: account.password },
      );
      expect(signIn.data?.signIn).toEqual({ __typename: 'InvalidCredentialsError' });
    });
  });

  describe('an address inside our networks', () => {
    const reached: string[] = [];
    let inside: Awaited<ReturnType<typeof serve>>;
    beforeAll(async () => {
      inside = await serve((request, response) => {
        reached.push(request.url ?? '');
        response.end('inside');
      });
    });
    afterAll(() => inside.close());

    it('is asked for by nobody who gets it as a link, an image or a device', async () => {
      const { mallory, mina, boardId, client } = scene();
      const link = `${inside.url}/secret`;
      const input = { boardId, title: link, body: `${link} [x](${link}) ![x](${link}) @${mina.handle}` };
      const post = await client.ask<{ createPost: object }>(POST, { input }, mallory);
      expect(post.data.createPost).toMatchObject({ post: {} });
      const query =
        'mutation ($input: RegisterPushSubscriptionInput!) { registerPushSubscription(input: $input) { __typename } }';
      for (const endpoint of [
        link,
        'https://127.0.0.1/x',
        'https://[::1]/x',
        'https://169.254.169.254/latest',
        'https://10.0.0.1/x',
        'https://localhost/x',
        'https://2130706433/x',
      ]) {
        const device = { endpoint, p256dh: 'x'.repeat(87), auth: 'x'.repeat(22) };
        const { data } = await operate(url(), query, { input: device }, mallory);
        expect(data?.registerPushSubscription).toEqual({ __typename: 'ValidationError' });
      }
      // When Mina has been told of it, everything that the post leads to has been done.
      const told = async () =>
        (
          await client.ask<{ viewer: { unreadNotificationCount: number } }>(
            '{ viewer { unreadNotificationCount } }',
            {},
            mina,
          )
        ).data.viewer.unreadNotificationCount;
      await expect.poll(told, { timeout: 15_000 }).toBeGreaterThan(0);
      expect(reached).toEqual([]);
    });
  });
}
