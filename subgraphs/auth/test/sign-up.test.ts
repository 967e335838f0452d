import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { address, newcomer, type Result, SIGN_UP, startAuth, type TestAuth } from './support.ts';

let auth: TestAuth;
beforeAll(async () => {
  auth = await startAuth();
});
afterAll(() => auth[Symbol.asyncDispose]());

describe('signing up', () => {
  it('makes an account with an open session, and tells of it without the e-mail address', async () => {
    const input = newcomer({ email: `  ${newcomer().email.toUpperCase()} ` });
    const { data } = await auth.signUpWith({ ...input, handle: `@${input.handle.toUpperCase()}` });
    const { account, session, user } = data.signUp;
    expect(data.signUp.__typename).toBe('SignUpSuccess');
    expect(account).toMatchObject({ email: input.email.trim().toLowerCase(), roles: ['MEMBER'] });
    expect(user).toEqual({ id: account.id });
    const viewer = await auth.domain.query('{ viewer { id account { email } } }', {}, { token: session.accessToken });
    expect(viewer.data).toMatchObject({ viewer: { id: account.id, account: { email: account.email } } });
    const told = await auth.events(account.id);
    expect(told).toEqual([
      { type: 'account.created', data: { accountId: account.id, handle: input.handle, language: 'ko' } },
      {
        type: 'account.email_verification_requested',
        data: { accountId: account.id, verificationId: expect.any(String) },
      },
    ]);
  });

  it('reserves the handle at user for the new account first', async () => {
    const member = await auth.signUp({ displayName: '미나' });
    const asked = auth.user.requests.find((request) => request.handle === member.handle);
    expect(asked).toEqual({ memberId: member.id, handle: member.handle, displayName: '미나', language: 'ko' });
  });

  it('with a handle that is taken is an answer, and the e-mail address stays free', async () => {
    const { handle } = await auth.signUp();
    const input = newcomer({ handle });
    const { data } = await auth.signUpWith(input);
    expect(data.signUp).toMatchObject({ __typename: 'HandleTakenError', path: ['input', 'handle'] });
    expect((await auth.signUpWith({ ...input, handle: newcomer().handle })).data.signUp.__typename).toBe(
      'SignUpSuccess',
    );
  });

  it("passes on what user's rules say of the handle", async () => {
    const { data } = await auth.signUpWith(newcomer({ handle: 'admin' }));
    expect(data.signUp).toMatchObject({
      __typename: 'ValidationError',
      code: 'HANDLE_KEPT',
      path: ['input', 'handle'],
    });
  });

  it.each([
    [{ email: 'nobody' }, ['input', 'email']],
    [{ password: 'short' }, ['input', 'password']],
    [{ password: 'Password123' }, ['input', 'password']],
  ])('with %j is refused before anything is reserved', async (change, path) => {
    const input = newcomer(change);
    const { data } = await auth.signUpWith(input);
    expect(data.signUp).toMatchObject({ __typename: 'ValidationError', path });
    expect(auth.user.requests.some((request) => request.handle === input.handle)).toBe(false);
  });

  it('with an e-mail address in use is refused in neutral words, whatever else is sent', async () => {
    const { email } = await auth.signUp();
    const { data } = await auth.signUpWith(newcomer({ email }));
    expect(data.signUp).toMatchObject({ __typename: 'SignUpRefusedError', code: 'SIGN_UP_REFUSED' });
    expect(data.signUp.message).not.toMatch(/in use|exists|taken/);
  });

  it('twice at the same moment makes one account', async () => {
    const input = newcomer();
    const answers = await Promise.all([auth.signUpWith(input), auth.signUpWith(input), auth.signUpWith(input)]);
    expect(answers.map(({ data }) => data.signUp.__typename).sort()).toEqual([
      'SignUpRefusedError',
      'SignUpRefusedError',
      'SignUpSuccess',
    ]);
  });

  it('makes those who look for e-mail addresses wait', async () => {
    const { email } = await auth.signUp();
    const from = { 'x-client-address': address() };
    const aliases = Array.from({ length: 50 }, (_, i) => `a${i}: signUp(input: $input) { __typename }`);
    const input = newcomer({ email });
    await auth.domain.query(`mutation($input: SignUpInput!) { ${aliases.join(' ')} }`, { input }, null, from);
    const { data } = await auth.domain.query<{ signUp: Result }>(SIGN_UP, { input: newcomer() }, null, from);
    expect(data.signUp).toMatchObject({ __typename: 'TooManyAttemptsError', retryAfterSeconds: 1 });
  });
});

describe('a sign-up that is sent again', () => {
  it('after a lost answer is answered as done, with a new session of the same account', async () => {
    const input = newcomer({ clientMutationId: 'once' });
    const [first, second] = [await auth.signUpWith(input), await auth.signUpWith(input)];
    expect(second.data.signUp.__typename).toBe('SignUpSuccess');
    expect(second.data.signUp.account).toEqual(first.data.signUp.account);
    expect(second.data.signUp.session.refreshToken).not.toBe(first.data.signUp.session.refreshToken);
    const told = await auth.events(first.data.signUp.account.id);
    expect(told.filter(({ type }) => type === 'account.created')).toHaveLength(1);
  });

  it('while the first is still under way ends in one account and two sessions', async () => {
    const input = newcomer({ clientMutationId: 'at-once' });
    const answers = await Promise.all([auth.signUpWith(input), auth.signUpWith(input)]);
    expect(answers.map(({ data }) => data.signUp.__typename)).toEqual(['SignUpSuccess', 'SignUpSuccess']);
    expect(new Set(answers.map(({ data }) => data.signUp.account.id)).size).toBe(1);
  });

  it.each([
    ['another password', { password: 'another password' }],
    ['another handle', { handle: newcomer().handle }],
    ['another key', { clientMutationId: 'other' }],
    ['no key', { clientMutationId: null }],
  ])('with %s is no retry', async (_, change) => {
    const input = newcomer({ clientMutationId: 'once' });
    await auth.signUpWith(input);
    expect((await auth.signUpWith({ ...input, ...change })).data.signUp.__typename).toBe('SignUpRefusedError');
  });
});

describe('while user does not answer', () => {
  it('a sign-up says so and leaves nothing behind; sent again later it is well, with the same id', async () => {
    await using lonely = await startAuth();
    lonely.user.down = true;
    const input = newcomer();
    const refused = await lonely.signUpWith(input);
    expect(refused.errors?.[0]?.extensions?.code).toBe('SERVICE_UNAVAILABLE');
    expect(JSON.stringify(refused)).not.toContain('127.0.0.1');
    expect((await lonely.domain.database.query('SELECT FROM account')).rowCount).toBe(0);
    lonely.user.down = false;
    expect((await lonely.signUpWith(input)).data.signUp.__typename).toBe('SignUpSuccess');
    expect(new Set(lonely.user.requests.map((request) => request.memberId)).size).toBe(1);
  });
});
