import { until } from '@community/testing/wait';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAuth, type TestAuth } from './support.ts';

let auth: TestAuth;
beforeAll(async () => {
  auth = await startAuth();
});
afterAll(() => auth[Symbol.asyncDispose]());

const SESSIONS = `query($first: Int, $after: String) { viewer { account { sessions(first: $first, after: $after) {
  edges { node { id clientName clientAddress createdAt lastUsedAt current } } pageInfo { hasNextPage endCursor } } } } }`;
const SIGN_OUT = `mutation($input: SignOutInput) { signOut(input: $input) { __typename
  ... on SignOutSuccess { sessionId } ... on Error { code } } }`;
const REVOKE = `mutation($id: ID!) { revokeSession(input: { sessionId: $id }) { __typename
  ... on RevokeSessionSuccess { sessionId } ... on Error { code path } } }`;
const DAY = 86_400;

interface SessionPage {
  edges: { node: { id: string; clientName: string; clientAddress: string; current: boolean } }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

async function sessions(token: string, args: { first?: number; after?: string | null } = {}): Promise<SessionPage> {
  type Data = { viewer: { account: { sessions: SessionPage } } };
  const { data } = await auth.domain.query<Data>(SESSIONS, args, { token });
  return data.viewer.account.sessions;
}

/** The claims of an access token, not verified. */
function claims(token: string): { sub: string; sid: string; exp: number; iat: number } {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
}

describe('a refresh token', () => {
  it('gives new tokens of the same session, again and again', async () => {
    const member = await auth.signUp();
    let { refreshToken } = member.session;
    for (let i = 0; i < 3; i += 1) {
      auth.pass(600);
      const { session } = await auth.refresh(refreshToken);
      expect(claims(session.accessToken)).toMatchObject({ sub: member.id, sid: claims(member.token).sid });
      expect(session.refreshToken).not.toBe(refreshToken);
      refreshToken = session.refreshToken;
    }
  });

  it('is stored only as a hash', async () => {
    const { session } = await auth.signUp();
    const { rows } = await auth.domain.database.query('SELECT encode(hash, $1) AS hash FROM refresh_token', ['base64']);
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain(Buffer.from(session.refreshToken, 'base64url').toString('base64'));
  });

  it('that was replaced moments ago is still good, for a lost answer or two tabs', async () => {
    const { session } = await auth.signUp();
    const lost = await auth.refresh(session.refreshToken);
    auth.pass(9);
    const repeated = await auth.refresh(session.refreshToken);
    expect(repeated.__typename).toBe('RefreshSessionSuccess');
    expect(repeated.session.refreshToken).not.toBe(lost.session.refreshToken);
    auth.pass(600);
    expect((await auth.refresh(repeated.session.refreshToken)).__typename).toBe('RefreshSessionSuccess');
  });

  it('can be used by many at the same moment, and all of them go on', async () => {
    const { session } = await auth.signUp();
    const answers = await Promise.all(Array.from({ length: 8 }, () => auth.refresh(session.refreshToken)));
    expect(answers.every(({ __typename }) => __typename === 'RefreshSessionSuccess')).toBe(true);
    const next = await Promise.all(answers.map((answer) => auth.refresh(answer.session.refreshToken)));
    expect(next.every(({ __typename }) => __typename === 'RefreshSessionSuccess')).toBe(true);
  });

  it.each([
    ['the one before, too late', 1, 11],
    ['the one before the one before, at once', 2, 0],
    ['the first of many', 5, 3600],
  ])('used again ends the session for all who hold its tokens: %s', async (_, rotations, seconds) => {
    const member = await auth.signUp();
    let latest = member.session.refreshToken;
    for (let i = 0; i < rotations; i += 1) latest = (await auth.refresh(latest)).session.refreshToken;
    auth.pass(seconds);
    expect(await auth.refresh(member.session.refreshToken)).toMatchObject({
      __typename: 'InvalidRefreshTokenError',
      path: ['input', 'refreshToken'],
    });
    expect((await auth.refresh(latest)).__typename).toBe('InvalidRefreshTokenError');
    const { sid } = claims(member.token);
    expect(await auth.events(sid)).toEqual([
      { type: 'session.revoked', data: { sessionId: sid, accountId: member.id, reason: 'TOKEN_REUSED' } },
    ]);
    expect((await auth.signIn(member)).__typename).toBe('SignInSuccess');
  });

  it.each(['', 'x', 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'])('that is none (%j) is refused', async (token) => {
    expect((await auth.refresh(token)).__typename).toBe('InvalidRefreshTokenError');
  });

  it('runs out after thirty days without use', async () => {
    await using own = await startAuth();
    const { session } = await own.signUp();
    own.pass(30 * DAY - 60);
    const last = await own.refresh(session.refreshToken);
    expect(last.__typename).toBe('RefreshSessionSuccess');
    own.pass(30 * DAY);
    expect((await own.refresh(last.session.refreshToken)).__typename).toBe('InvalidRefreshTokenError');
  });

  it('runs out with its session after ninety days, used or not', async () => {
    await using own = await startAuth();
    let { session } = await own.signUp();
    for (const days of [29, 29, 29]) {
      own.pass(days * DAY);
      ({ session } = await own.refresh(session.refreshToken));
    }
    expect(Date.parse(session.refreshTokenExpiresAt) - Date.now()).toBeLessThanOrEqual(90 * DAY * 1000);
    own.pass(3 * DAY);
    expect((await own.refresh(session.refreshToken)).__typename).toBe('InvalidRefreshTokenError');
  });
});

describe('signing out', () => {
  it('by the access token ends its session: its tokens are refused within moments', async () => {
    const member = await auth.signUp();
    const { data } = await auth.domain.query(SIGN_OUT, {}, member);
    const { sid } = claims(member.token);
    expect(data).toEqual({ signOut: { __typename: 'SignOutSuccess', sessionId: sid } });
    expect((await auth.refresh(member.session.refreshToken)).__typename).toBe('InvalidRefreshTokenError');
    await until(async () => (await auth.domain.query('{ __typename }', {}, member)).status === 401, 'a refused token');
    expect(await auth.events(sid)).toMatchObject([{ type: 'session.revoked', data: { reason: 'SIGNED_OUT' } }]);
  });

  it('by a refresh token needs no access token, and again is well and tells nothing new', async () => {
    const { session, token } = await auth.signUp();
    const input = { refreshToken: session.refreshToken };
    for (let i = 0; i < 2; i += 1) {
      const { data } = await auth.domain.query(SIGN_OUT, { input });
      expect(data).toMatchObject({ signOut: { __typename: 'SignOutSuccess' } });
    }
    expect(await auth.events(claims(token).sid)).toHaveLength(1);
  });

  it('without either is refused', async () => {
    for (const input of [null, {}, { refreshToken: 'unknown' }]) {
      const { data } = await auth.domain.query(SIGN_OUT, { input });
      expect(data).toMatchObject({ signOut: { __typename: 'NotSignedInError' } });
    }
  });
});

describe("a member's sessions", () => {
  it('are listed with where they were opened from, roughly, the newest first', async () => {
    const member = await auth.signUp();
    const phone = { 'apollographql-client-name': 'phone', 'x-client-address': '203.0.113.77' };
    const { session } = await auth.signIn(member, phone);
    const { edges } = await sessions(session.accessToken);
    expect(edges.map(({ node }) => node)).toMatchObject([
      { clientName: 'phone', clientAddress: '203.0.113.0/24', current: true },
      { clientName: '', current: false },
    ]);
  });

  it('come in pages without gaps, and cost as many statements however many there are', async () => {
    const member = await auth.signUp();
    for (let i = 0; i < 6; i += 1) await auth.signIn(member);
    const seen: string[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const page: SessionPage = await sessions(member.token, { first: 3, after });
      seen.push(...page.edges.map(({ node }) => node.id));
      ({ hasNextPage: more, endCursor: after } = page.pageInfo);
    }
    expect(seen).toEqual([...new Set(seen)].sort().reverse());
    expect(seen).toHaveLength(7);

    const cost = async (first: number) => {
      const before = await auth.domain.statements();
      await sessions(member.token, { first });
      return (await auth.domain.statements()) - before;
    };
    expect(await cost(7)).toBe(await cost(1));
    expect(await cost(7)).toBeLessThanOrEqual(2);
  });

  it('refuse a page that is too long or begins at nothing', async () => {
    const { token } = await auth.signUp();
    const long = await auth.domain.query(SESSIONS, { first: 101 }, { token });
    expect(long.errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
    const after = Buffer.from('["no id"]').toString('base64url');
    expect((await sessions(token, { after })).edges).toEqual([]);
  });

  it('can each be revoked from another one', async () => {
    const member = await auth.signUp();
    const { session } = await auth.signIn(member);
    const { sid } = claims(member.token);
    const as = { token: session.accessToken };
    expect((await auth.domain.query(REVOKE, { id: sid }, as)).data).toEqual({
      revokeSession: { __typename: 'RevokeSessionSuccess', sessionId: sid },
    });
    expect((await auth.refresh(member.session.refreshToken)).__typename).toBe('InvalidRefreshTokenError');
    expect((await sessions(as.token)).edges.map(({ node }) => node.id)).toEqual([claims(as.token).sid]);
    expect(await auth.events(sid)).toMatchObject([{ type: 'session.revoked', data: { reason: 'REVOKED' } }]);
    expect((await auth.domain.query(REVOKE, { id: sid }, as)).data).toMatchObject({
      revokeSession: { __typename: 'NotFoundError' },
    });
  });

  it('of somebody else are not there to be revoked, nor for a client that is not signed in', async () => {
    const [mina, jun] = [await auth.signUp(), await auth.signUp()];
    const id = claims(jun.token).sid;
    for (const [as, __typename] of [
      [mina, 'NotFoundError'],
      [null, 'NotSignedInError'],
    ] as const) {
      const { data } = await auth.domain.query(REVOKE, { id }, as);
      expect(data).toMatchObject({ revokeSession: { __typename } });
    }
    expect((await auth.domain.query(REVOKE, { id: 'no id' }, mina)).data).toMatchObject({
      revokeSession: { __typename: 'NotFoundError' },
    });
    expect((await auth.refresh(jun.session.refreshToken)).__typename).toBe('RefreshSessionSuccess');
  });
});
