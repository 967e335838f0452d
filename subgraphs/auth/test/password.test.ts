import { until } from '@community/testing/wait';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { address, newcomer, PASSWORD, type Result, startAuth, type TestAuth } from './support.ts';

const NEW = 'a new long password';
const CHANGE = `mutation($input: ChangePasswordInput!) { changePassword(input: $input) { __typename
  ... on Error { code path } ... on TooManyAttemptsError { retryAfterSeconds } } }`;
const REQUEST = `mutation($email: String!) { requestPasswordReset(input: { email: $email }) { __typename
  ... on RequestPasswordResetSuccess { linkSeconds } ... on TooManyAttemptsError { retryAfterSeconds } ... on Error { code path } } }`;
const RESET = `mutation($input: ResetPasswordInput!) { resetPassword(input: $input) { __typename ... on Error { code path } } }`;

let auth: TestAuth;
beforeAll(async () => {
  auth = await startAuth({ PUBLIC_URL: 'https://community.example.org/' });
  auth.stopClock();
});
afterAll(() => auth[Symbol.asyncDispose]());

type Member = Awaited<ReturnType<TestAuth['signUp']>>;

const change = async (as: { token: string } | null, currentPassword: string, newPassword = NEW): Promise<Result> =>
  (await auth.domain.query<Record<string, Result>>(CHANGE, { input: { currentPassword, newPassword } }, as)).data
    .changePassword as Result;

const request = async (email: string, from = address()): Promise<Result> =>
  (await auth.domain.query<Record<string, Result>>(REQUEST, { email }, null, { 'x-client-address': from })).data
    .requestPasswordReset as Result;

const reset = async (token: string, newPassword = NEW): Promise<Result> =>
  (await auth.domain.query<Record<string, Result>>(RESET, { input: { token, newPassword } })).data
    .resetPassword as Result;

const told = async (member: Member, type: string) =>
  (await auth.events(member.id)).filter((event) => event.type === type).map(({ data }) => data);

/** Asks for a mail, and gives the request that was made of it. */
async function requested(member: Member, nth = 1): Promise<string> {
  expect((await request(member.email)).__typename).toBe('RequestPasswordResetSuccess');
  const requests = await until(async () => {
    const all = await told(member, 'account.password_reset_requested');
    return all.length === nth ? all : null;
  }, 'the request');
  return String(requests.at(-1)?.resetId);
}

/** The token of a link, as the mail carries it. */
async function linkOf(resetId: string): Promise<string> {
  const { status, body } = await auth.domain.internal('password-reset-link', { resetId });
  expect(status).toBe(200);
  const { link } = body as { link: string };
  expect(link).toMatch(/^https:\/\/community\.example\.org\/auth\/reset-password\?token=[\w-]{43}$/);
  return new URL(link).searchParams.get('token') ?? '';
}

const isSignedIn = async (token: string) =>
  (await auth.domain.query('{ viewer { id } }', {}, { token })).status === 200;

describe('changing the password', () => {
  it('ends all other sessions, keeps the one that asks, and tells the member', async () => {
    const member = await auth.signUp();
    const other = await auth.signIn(member);
    expect(await change(member, PASSWORD)).toEqual({ __typename: 'ChangePasswordSuccess' });
    await until(async () => !(await isSignedIn(other.session.accessToken)), 'the other session having ended');
    expect((await auth.refresh(other.session.refreshToken)).__typename).toBe('InvalidRefreshTokenError');
    expect(await isSignedIn(member.token)).toBe(true);
    expect((await auth.refresh(member.session.refreshToken)).__typename).toBe('RefreshSessionSuccess');
    expect((await auth.signIn(member)).code).toBe('INVALID_CREDENTIALS');
    expect((await auth.signIn({ ...member, password: NEW })).__typename).toBe('SignInSuccess');
    expect(await told(member, 'account.security_changed')).toEqual([
      { accountId: member.id, change: 'PASSWORD_CHANGED' },
    ]);
  });

  it('needs the old password, and guesses of it have to wait, also in aliases of one operation', async () => {
    const member = await auth.signUp();
    expect(await change(null, PASSWORD)).toMatchObject({ code: 'NOT_SIGNED_IN' });
    const aliases = Array.from({ length: 8 }, (_, i) => `a${i}: changePassword(input: $input) { __typename }`);
    const { data } = await auth.domain.query<Record<string, Result>>(
      `mutation($input: ChangePasswordInput!) { ${aliases.join(' ')} }`,
      { input: { currentPassword: 'a guess of it', newPassword: NEW } },
      member,
    );
    const names = Object.values(data).map(({ __typename }) => __typename);
    expect(names.filter((name) => name === 'InvalidCredentialsError')).toHaveLength(5);
    expect(names.filter((name) => name === 'TooManyAttemptsError')).toHaveLength(3);
    expect(await change(member, PASSWORD)).toMatchObject({ code: 'TOO_MANY_ATTEMPTS' });
  });

  it('refuses a password that is short, common or the address', async () => {
    const member = await auth.signUp();
    for (const [password, code] of [
      ['short', 'PASSWORD_LENGTH'],
      ['password123', 'PASSWORD_COMMON'],
      [member.email, 'PASSWORD_IS_NAME'],
    ] as const)
      expect(await change(member, PASSWORD, password)).toMatchObject({ code, path: ['input', 'newPassword'] });
  });

  it('is not done from a session that has ended, in the moments in which its token is still known', async () => {
    const member = await auth.signUp();
    await auth.domain.database.query(
      "UPDATE session SET ended_at = now(), ended_by = 'REVOKED' WHERE account_id = $1",
      [member.id],
    );
    expect(await change(member, PASSWORD)).toMatchObject({ code: 'NOT_SIGNED_IN' });
    expect((await auth.signIn(member)).__typename).toBe('SignInSuccess');
  });
});

describe('resetting the password', () => {
  it('is done once, by the link of a mail, ends every session, and shows that the address is hers', async () => {
    const member = await auth.signUp();
    const resetId = await requested(member);
    const [first, second] = [await linkOf(resetId), await linkOf(resetId)];
    expect(await reset(first)).toEqual({ __typename: 'ResetPasswordSuccess' });
    await until(async () => !(await isSignedIn(member.token)), 'the session having ended');
    expect((await auth.refresh(member.session.refreshToken)).__typename).toBe('InvalidRefreshTokenError');
    expect((await auth.signIn(member)).code).toBe('INVALID_CREDENTIALS');
    const token = (await auth.signIn({ ...member, password: NEW })).session.accessToken;
    const { data } = await auth.domain.query('{ viewer { account { emailVerified } } }', {}, { token });
    expect(data).toEqual({ viewer: { account: { emailVerified: true } } });
    for (const used of [first, second])
      expect(await reset(used)).toMatchObject({ code: 'INVALID_PASSWORD_RESET_TOKEN', path: ['input', 'token'] });
    expect((await auth.domain.internal('password-reset-link', { resetId })).status).toBe(404);
    expect(await told(member, 'account.security_changed')).toMatchObject([{ change: 'PASSWORD_RESET' }]);
  });

  it('is done once of two who use the link at the same moment', async () => {
    const member = await auth.signUp();
    const resetId = await requested(member);
    const tokens = [await linkOf(resetId), await linkOf(resetId)];
    const results = await Promise.all([...tokens, ...tokens].map((token, i) => reset(token, `${NEW} ${i}`)));
    expect(results.filter(({ __typename }) => __typename === 'ResetPasswordSuccess')).toHaveLength(1);
  });

  it('is not done by a link that has expired or was guessed, and a bad password leaves the link good', async () => {
    const member = await auth.signUp();
    const resetId = await requested(member);
    const token = await linkOf(resetId);
    expect(await reset(token, 'short')).toMatchObject({ code: 'PASSWORD_LENGTH', path: ['input', 'newPassword'] });
    for (const guess of ['', 'guessed', resetId])
      expect(await reset(guess)).toMatchObject({ path: ['input', 'token'] });
    auth.pass(3_601);
    expect(await reset(token)).toMatchObject({ code: 'INVALID_PASSWORD_RESET_TOKEN' });
    expect((await auth.domain.internal('password-reset-link', { resetId })).status).toBe(404);
    expect((await auth.signIn(member)).__typename).toBe('SignInSuccess');
  });

  it('lets her in whom a guesser has locked out, and a link that was left goes when she changes it otherwise', async () => {
    const member = await auth.signUp();
    for (let i = 0; i < 6; i += 1) await auth.signIn({ ...member, password: 'a wrong password' });
    expect((await auth.signIn(member)).code).toBe('TOO_MANY_ATTEMPTS');
    const token = await linkOf(await requested(member));
    await reset(token);
    const again = await auth.signIn({ ...member, password: NEW });
    expect(again.__typename).toBe('SignInSuccess');
    const left = await requested(member, 2);
    await change({ token: again.session.accessToken }, NEW, PASSWORD);
    expect((await auth.domain.internal('password-reset-link', { resetId: left })).status).toBe(404);
  });

  it('says to nobody whether there is an account: same answer, same work, same waits', async () => {
    const [member, unknown] = [await auth.signUp(), newcomer()];
    const ask = async (email: string) => {
      const before = await auth.domain.statements();
      const answer = await request(email);
      return { answer, statements: (await auth.domain.statements()) - before };
    };
    const [known, nobody] = [[], []] as unknown[][];
    for (let i = 0; i < 5; i += 1) {
      known?.push(await ask(member.email));
      nobody?.push(await ask(unknown.email));
    }
    expect(nobody).toEqual(known);
    expect(known?.[0]).toMatchObject({ answer: { __typename: 'RequestPasswordResetSuccess', linkSeconds: 3_600 } });
    expect(known?.[4]).toMatchObject({ answer: { __typename: 'TooManyAttemptsError' } });
    expect(await request('no address')).toMatchObject({ code: 'EMAIL_FORM', path: ['input', 'email'] });
    await until(async () => (await told(member, 'account.password_reset_requested')).length === 3);
  });

  it('keeps of the token a hash only', async () => {
    const token = await linkOf(await requested(await auth.signUp()));
    const { rows } = await auth.domain.database.query("SELECT encode(hash, 'escape') AS hash, data::text FROM ticket");
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain(token);
  });
});
