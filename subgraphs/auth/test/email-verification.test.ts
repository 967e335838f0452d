import { tell } from '@community/testing/tell';
import { until } from '@community/testing/wait';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAuth, type TestAuth } from './support.ts';

const VERIFY =
  'mutation($token: String!) { verifyEmail(input: { token: $token }) { __typename ... on Error { code path } } }';
const AGAIN =
  'mutation { requestEmailVerification { __typename ... on TooManyAttemptsError { retryAfterSeconds } ... on Error { code } } }';

let auth: TestAuth;
beforeAll(async () => {
  auth = await startAuth({ PUBLIC_URL: 'https://community.example.org/' });
  auth.stopClock();
});
afterAll(() => auth[Symbol.asyncDispose]());

async function requestsOf(id: string): Promise<string[]> {
  const events = await auth.events(id);
  return events
    .filter(({ type }) => type === 'account.email_verification_requested')
    .map(({ data }) => String(data.verificationId));
}

/** The token of a link, as the mail carries it. */
async function linkOf(verificationId: string): Promise<string> {
  const { status, body } = await auth.domain.internal('email-verification-link', { verificationId });
  expect(status).toBe(200);
  const { link } = body as { link: string };
  expect(link).toMatch(/^https:\/\/community\.example\.org\/auth\/verify-email\?token=[\w-]{43}$/);
  return new URL(link).searchParams.get('token') ?? '';
}

const verify = async (token: string) => (await auth.domain.query(VERIFY, { token })).data.verifyEmail;
const isVerified = async (member: { token: string }) =>
  (await auth.domain.query('{ viewer { account { emailVerified } } }', {}, member)).data;

describe('an e-mail address', () => {
  it('is verified by the link of a mail, of whichever one, once', async () => {
    const member = await auth.signUp();
    expect(await isVerified(member)).toEqual({ viewer: { account: { emailVerified: false } } });
    const [request = ''] = await requestsOf(member.id);
    const [first, second] = [await linkOf(request), await linkOf(request)];
    expect(first).not.toBe(second);
    expect(await verify(first)).toEqual({ __typename: 'VerifyEmailSuccess' });
    expect(await isVerified(member)).toEqual({ viewer: { account: { emailVerified: true } } });
    for (const used of [first, second])
      expect(await verify(used)).toMatchObject({ code: 'INVALID_VERIFICATION_TOKEN', path: ['input', 'token'] });
    expect((await auth.events(member.id)).filter(({ type }) => type === 'account.email_verified')).toHaveLength(1);
    expect((await auth.domain.internal('email-verification-link', { verificationId: request })).status).toBe(404);
  });

  it('is not verified by a link that has expired, or that was guessed', async () => {
    const member = await auth.signUp();
    const [request = ''] = await requestsOf(member.id);
    const token = await linkOf(request);
    auth.pass(2 * 86_400 + 1);
    for (const bad of [token, 'guessed', ''])
      expect(await verify(bad)).toMatchObject({ code: 'INVALID_VERIFICATION_TOKEN' });
    expect(await isVerified(await signedInAgain(member))).toEqual({ viewer: { account: { emailVerified: false } } });
  });

  it('is kept in the database without the token', async () => {
    const member = await auth.signUp();
    const [request = ''] = await requestsOf(member.id);
    const token = await linkOf(request);
    const { rows } = await auth.domain.database.query('SELECT * FROM email_verification_token');
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(rows.some(({ hash }) => (hash as Buffer).toString().includes(token))).toBe(false);
  });

  it('gets another mail when its member asks, not more often than once a minute, and none once it is verified', async () => {
    const member = await auth.signUp();
    const again = async () => (await auth.domain.query(AGAIN, {}, member)).data.requestEmailVerification;
    expect(await again()).toMatchObject({ __typename: 'TooManyAttemptsError', retryAfterSeconds: 60 });
    auth.pass(61);
    expect(await again()).toMatchObject({ __typename: 'RequestEmailVerificationSuccess' });
    const requests = await until(async () => {
      const all = await requestsOf(member.id);
      return all.length === 2 ? all : null;
    });
    await verify(await linkOf(requests[1] ?? ''));
    auth.pass(61);
    expect(await again()).toMatchObject({ code: 'EMAIL_VERIFIED_ALREADY' });
    expect((await auth.domain.query(AGAIN)).data).toMatchObject({
      requestEmailVerification: { code: 'NOT_SIGNED_IN' },
    });
  });
});

/** The same member with a token that is good now. */
async function signedInAgain(member: { email: string }): Promise<{ token: string }> {
  return { token: (await auth.signIn(member)).session.accessToken };
}

describe('the addresses of members', () => {
  it('are told to other services with the language that she reads now, and to nobody else', async () => {
    const [mina, jun] = [await auth.signUp(), await auth.signUp({ language: 'en' })];
    await tell(auth.domain, {
      topic: 'user',
      type: 'user.profile_changed',
      subject: jun.id,
      data: { userId: jun.id, handle: jun.handle, language: 'ko' },
    });
    const ask = (accountIds: unknown) => auth.domain.internal('contacts', { accountIds });
    const contact = (member: typeof mina, language: string) => ({
      accountId: member.id,
      email: member.email,
      language,
      emailVerified: false,
    });
    await until(async () => JSON.stringify((await ask([jun.id])).body).includes('"ko"'));
    const { body } = await ask([mina.id, jun.id, crypto.randomUUID(), 'nobody']);
    expect(body).toHaveLength(2);
    expect(body).toEqual(expect.arrayContaining([contact(mina, 'ko'), contact(jun, 'ko')]));
    for (const bad of [undefined, 'x', [1]]) expect((await ask(bad)).status).toBe(400);
    const open = await fetch(`${auth.domain.url}/internal/contacts`, { method: 'POST', body: '{"accountIds":[]}' });
    expect(open.status).toBe(403);
  });
});
