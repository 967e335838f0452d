import { hash } from '@node-rs/argon2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { address, newcomer, PASSWORD, type Result, startAuth, type TestAuth } from './support.ts';

let auth: TestAuth;
beforeAll(async () => {
  auth = await startAuth();
  auth.stopClock();
});
afterAll(() => auth[Symbol.asyncDispose]());

const wrong = 'a wrong password';

/** Tries one e-mail address with a wrong password so many times, from as many places. */
async function fail(email: string, times: number): Promise<Result[]> {
  const results: Result[] = [];
  for (let i = 0; i < times; i += 1) results.push(await auth.signIn({ email, password: wrong }));
  return results;
}

describe('signing in', () => {
  it('opens another session, however the e-mail address is written', async () => {
    const member = await auth.signUp();
    const result = await auth.signIn({ email: ` ${member.email.toUpperCase()}` });
    expect(result).toMatchObject({ __typename: 'SignInSuccess', account: { id: member.id }, user: { id: member.id } });
    expect(result.session.refreshToken).not.toBe(member.session.refreshToken);
  });

  it('has the same answer for a wrong password, an unknown address and what is none', async () => {
    const { email } = await auth.signUp();
    const answers = [
      await auth.signIn({ email, password: wrong }),
      await auth.signIn({ email: newcomer().email, password: PASSWORD }),
      await auth.signIn({ email: '', password: '' }),
    ];
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]).toMatchObject({ __typename: 'InvalidCredentialsError', path: [] });
  });

  it('does the same work for a known and an unknown address', async () => {
    const { email } = await auth.signUp();
    const cost = async (input: { email: string; password: string }) => {
      const [before, start] = [await auth.domain.statements(), performance.now()];
      await auth.signIn(input);
      return { ms: performance.now() - start, statements: (await auth.domain.statements()) - before };
    };
    const [known, unknown] = [[], []] as { ms: number; statements: number }[][];
    for (let i = 0; i < 4; i += 1) {
      known?.push(await cost({ email, password: wrong }));
      unknown?.push(await cost({ email: newcomer().email, password: wrong }));
    }
    expect(unknown?.map(({ statements }) => statements)).toEqual(known?.map(({ statements }) => statements));
    // Without a password to verify, an answer takes a tenth of the time.
    const fastest = (costs: typeof known) => Math.min(...(costs ?? []).map(({ ms }) => ms));
    expect(fastest(unknown)).toBeGreaterThan(fastest(known) / 3);
  });

  it('renews a hash that was made by weaker parameters', async () => {
    const member = await auth.signUp();
    const weak = await hash(PASSWORD, { memoryCost: 8192, timeCost: 2, parallelism: 1 });
    await auth.domain.database.query('UPDATE credential SET password_hash = $2 WHERE account_id = $1', [
      member.id,
      weak,
    ]);
    expect((await auth.signIn(member)).__typename).toBe('SignInSuccess');
    const sql = 'SELECT password_hash FROM credential WHERE account_id = $1';
    const { rows } = await auth.domain.database.query(sql, [member.id]);
    expect(rows[0].password_hash).toContain('$m=19456,t=2,p=1$');
    expect((await auth.signIn(member)).__typename).toBe('SignInSuccess');
  });
});

describe('whoever guesses the password of one account', () => {
  it('has to wait after five tries, wherever she tries from, and longer each time', async () => {
    const member = await auth.signUp();
    const results = await fail(member.email, 6);
    expect(results.map(({ __typename }) => __typename)).toEqual([
      ...new Array(5).fill('InvalidCredentialsError'),
      'TooManyAttemptsError',
    ]);
    expect(results.at(-1)).toMatchObject({ code: 'TOO_MANY_ATTEMPTS', retryAfterSeconds: 1 });
    auth.pass(1);
    await fail(member.email, 1);
    expect(await auth.signIn(member)).toMatchObject({ __typename: 'TooManyAttemptsError', retryAfterSeconds: 2 });
    auth.pass(2);
    expect((await auth.signIn(member)).__typename).toBe('SignInSuccess');
  });

  it('learns nothing from it: an unknown address has the same waits', async () => {
    const [known, unknown] = [await auth.signUp(), newcomer()];
    expect(await fail(unknown.email, 7)).toEqual(await fail(known.email, 7));
  });

  it('gains nothing by asking all at once, or by aliases of one operation', async () => {
    const { email } = await auth.signUp();
    const atOnce = await Promise.all(Array.from({ length: 12 }, () => auth.signIn({ email, password: wrong })));
    expect(atOnce.filter(({ __typename }) => __typename === 'InvalidCredentialsError')).toHaveLength(5);

    const aliases = Array.from({ length: 12 }, (_, i) => `a${i}: signIn(input: $input) { __typename }`).join(' ');
    const input = { email: (await auth.signUp()).email, password: wrong };
    const { data } = await auth.domain.query<Record<string, Result>>(
      `mutation($input: SignInInput!) { ${aliases} }`,
      { input },
      null,
      { 'x-client-address': address() },
    );
    const tried = Object.values(data).filter(({ __typename }) => __typename === 'InvalidCredentialsError');
    expect(tried).toHaveLength(5);
  });

  it('begins anew when the member signs in, and after an hour', async () => {
    const member = await auth.signUp();
    await fail(member.email, 4);
    await auth.signIn(member);
    const again = await fail(member.email, 5);
    expect(again.every(({ __typename }) => __typename === 'InvalidCredentialsError')).toBe(true);
    auth.pass(3601);
    const later = await fail(member.email, 5);
    expect(later.every(({ __typename }) => __typename === 'InvalidCredentialsError')).toBe(true);
  });

  it('does not keep the member out of her open sessions', async () => {
    const member = await auth.signUp();
    await fail(member.email, 6);
    expect((await auth.refresh(member.session.refreshToken)).__typename).toBe('RefreshSessionSuccess');
  });
});

describe('whoever tries many accounts from one place', () => {
  it('has to wait after fifty failures, also when one succeeded in between, and others do not', async () => {
    const own = await auth.signUp();
    const from = { 'x-client-address': address() };
    const strangers = Array.from({ length: 49 }, () => auth.signIn({ email: newcomer().email }, from));
    expect((await Promise.all(strangers)).every(({ code }) => code === 'INVALID_CREDENTIALS')).toBe(true);
    expect((await auth.signIn(own, from)).__typename).toBe('SignInSuccess');
    await auth.signIn({ email: newcomer().email }, from);
    expect(await auth.signIn(own, from)).toMatchObject({ __typename: 'TooManyAttemptsError', retryAfterSeconds: 1 });
    expect((await auth.signIn(own)).__typename).toBe('SignInSuccess');
  });

  it('is the same one in all of an IPv6 network', async () => {
    const network = `2001:db8:${address().split('.').slice(1, 3).join(':')}`;
    const from = (host: number) => ({ 'x-client-address': `${network}::${host.toString(16)}` });
    const tries = Array.from({ length: 50 }, (_, i) => auth.signIn({ email: newcomer().email }, from(i)));
    await Promise.all(tries);
    expect((await auth.signIn(newcomer(), from(99))).__typename).toBe('TooManyAttemptsError');
  });
});
