import { tell } from '@community/testing/tell';
import { until } from '@community/testing/wait';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newcomer, startAuth, type TestAuth } from './support.ts';

const PROGRESS = 'signUp { state reason steps { name state reason attempts } }';

interface Progress {
  readonly state: string;
  readonly reason: string | null;
  readonly steps: { name: string; state: string; reason: string | null; attempts: number }[];
}

let auth: TestAuth;
beforeAll(async () => {
  auth = await startAuth();
});
afterAll(() => auth[Symbol.asyncDispose]());

async function progress(member: { token: string }): Promise<Progress> {
  const { data } = await auth.domain.query<{ viewer: { signUp: Progress } }>(`{ viewer { ${PROGRESS} } }`, {}, member);
  return data.viewer.signUp;
}

const stateOf = async (member: { token: string }, step: string) =>
  (await progress(member)).steps.find(({ name }) => name === step);

const user = (id: string, type: string, data: object = {}) =>
  tell(auth.domain, { topic: 'user', type, subject: id, data: { userId: id, ...data } });
const notification = (sagaId: string, type: string, data: object = {}) =>
  tell(auth.domain, { topic: 'notification', type, subject: sagaId, data: { accountId: sagaId, sagaId, ...data } });

const told = async (id: string, type: string) => (await auth.events(id)).filter((event) => event.type === type);

/** Lets the next reminder come now. Two statements, so that none waits for the saga's own with a row in hand. */
async function hurry(id: string): Promise<void> {
  await auth.domain.database.query("UPDATE saga.step SET due_at = now() WHERE saga_id = $1 AND state = 'PENDING'", [
    id,
  ]);
  await auth.domain.database.query(
    "UPDATE graphile_worker._private_jobs SET run_at = now() WHERE key = 'saga:' || $1",
    [id],
  );
}

describe('a sign-up', () => {
  it('goes on after it was answered, step by step, and its member sees how far it is', async () => {
    const member = await auth.signUp();
    await until(async () => (await stateOf(member, 'analytics'))?.state === 'DONE');
    expect(await progress(member)).toMatchObject({
      state: 'RUNNING',
      steps: [
        { name: 'account', state: 'DONE' },
        { name: 'profile', state: 'PENDING' },
        { name: 'analytics', state: 'DONE' },
        { name: 'welcome', state: 'BLOCKED' },
      ],
    });
    await user(member.id, 'user.created', { handle: member.handle, language: 'ko' });
    const [welcome] = await until(async () => {
      const events = await told(member.id, 'welcome.requested');
      return events.length > 0 ? events : null;
    });
    expect(welcome?.data).toEqual({ accountId: member.id, sagaId: member.id, language: 'ko' });
    await notification(member.id, 'welcome.sent');
    await until(async () => (await progress(member)).state === 'DONE');
  });

  it('whose profile is refused for good is undone: closed, signed out, told why, and the address is free', async () => {
    const member = await auth.signUp();
    await user(member.id, 'user.refused', { reason: 'HANDLE_TAKEN' });
    await until(async () => (await told(member.id, 'account.closed')).length > 0);
    await until(async () => (await auth.domain.query('{ viewer { id } }', {}, member)).status === 401);

    const { code, __typename, message } = await auth.signIn(member);
    expect({ code, __typename }).toEqual({ __typename: 'AccountClosedError', code: 'SIGN_UP_HANDLE_TAKEN' });
    expect(message).toContain('Sign up again');
    expect((await auth.signIn({ ...member, password: 'not her password' })).__typename).toBe('InvalidCredentialsError');
    expect((await auth.refresh(member.session.refreshToken)).__typename).toBe('InvalidRefreshTokenError');

    const { data } = await auth.signUpWith(newcomer({ email: member.email }));
    expect(data.signUp.__typename).toBe('SignUpSuccess');
    expect(data.signUp.account.id).not.toBe(member.id);
    expect((await auth.signIn(member)).__typename).toBe('SignInSuccess');
  });

  it('whose welcome mail is refused is complete all the same, and its member sees it', async () => {
    const member = await auth.signUp();
    await user(member.id, 'user.created');
    await notification(member.id, 'welcome.refused', { reason: 'ADDRESS_REFUSED' });
    await until(async () => (await progress(member)).state === 'DONE');
    expect(await stateOf(member, 'welcome')).toMatchObject({ state: 'REFUSED', reason: 'ADDRESS_REFUSED' });
    expect((await auth.signIn(member)).__typename).toBe('SignInSuccess');
  });

  it('asks again, and says so, while a domain does not answer', async () => {
    const member = await auth.signUp();
    await hurry(member.id);
    await until(async () => (await stateOf(member, 'profile'))?.reason === 'NO_ANSWER_YET');
    const [again] = await told(member.id, 'account.profile_requested');
    expect(again?.data).toEqual({
      accountId: member.id,
      sagaId: member.id,
      handle: member.handle,
      language: member.language,
    });
    await user(member.id, 'user.confirmed');
    await until(async () => (await told(member.id, 'welcome.requested')).length === 1);
    await hurry(member.id);
    await until(async () => (await told(member.id, 'welcome.requested')).length === 2);
    await notification(member.id, 'welcome.sent');
    await notification(member.id, 'welcome.sent');
    await until(async () => (await progress(member)).state === 'DONE');
  });

  it('is shown to its member and to administrators only', async () => {
    const [member, stranger] = [await auth.signUp(), await auth.signUp()];
    const boss = await auth.administrator();
    const ask = (id: string, as: { token: string } | null) =>
      auth.domain.query(`query($id: ID!) { signUp(accountId: $id) { state } }`, { id }, as);
    for (const as of [null, stranger]) expect((await ask(member.id, as)).data).toEqual({ signUp: null });
    for (const as of [member, boss]) expect((await ask(member.id, as)).data).toEqual({ signUp: { state: 'RUNNING' } });
    expect((await ask("'; DROP TABLE account; --", boss)).data).toEqual({ signUp: null });
  });
});
