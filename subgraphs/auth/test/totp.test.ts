import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, stepAt } from '../src/modules/totp/one-time-code.ts';
import { PASSWORD, type Result, startAuth, type TestAuth } from './support.ts';

let auth: TestAuth;
beforeAll(async () => {
  auth = await startAuth();
  auth.stopClock();
});
afterAll(() => auth[Symbol.asyncDispose]());

type Member = Awaited<ReturnType<TestAuth['signUp']>>;
interface Answer extends Result {
  secret: string;
  uri: string;
  recoveryCodes: string[];
  challenge: string;
}

const FIELDS: Readonly<Record<string, string>> = {
  BeginTotp: '... on BeginTotpSuccess { secret uri }',
  ConfirmTotp: '... on ConfirmTotpSuccess { recoveryCodes }',
  RenewRecoveryCodes: '... on RenewRecoveryCodesSuccess { recoveryCodes }',
  SignIn: '... on SignInSuccess { session { accessToken } } ... on SecondFactorRequired { challenge expiresAt }',
  CompleteSignIn: '... on SignInSuccess { account { id } session { accessToken refreshToken } }',
};

async function run(name: string, input: object, as: { token: string } | null = null): Promise<Answer> {
  const field = `${name.slice(0, 1).toLowerCase()}${name.slice(1)}`;
  const document = `mutation($input: ${name}Input!) { ${field}(input: $input) { __typename ${FIELDS[name] ?? ''}
    ... on TooManyAttemptsError { retryAfterSeconds } ... on Error { code path } } }`;
  return (await auth.domain.query<Record<string, Answer>>(document, { input }, as)).data[field] as Answer;
}

function bytesOf(base32: string): Buffer {
  const bits = [...base32]
    .map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0'))
    .join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

/** What the member's app shows now, or so many steps from now. */
const shown = (secret: string, steps = 0) => codeOf(bytesOf(secret), stepAt(auth.now()) + steps);

/** A member whose second factor is on. */
async function guarded() {
  const member = await auth.signUp();
  const { secret } = await run('BeginTotp', { password: PASSWORD }, member);
  const { recoveryCodes } = await run('ConfirmTotp', { code: shown(secret) }, member);
  auth.pass(30);
  return { ...member, secret, recoveryCodes };
}

const first = ({ email, password }: Member) => run('SignIn', { email, password });
const second = (challenge: string, code: string) => run('CompleteSignIn', { challenge, code });
const totpOf = async (member: { token: string }) =>
  (await auth.domain.query('{ viewer { account { totp { recoveryCodesLeft } } } }', {}, member)).data;

describe('a second factor', () => {
  it('is asked for once its app was shown to work, and never before', async () => {
    const member = await auth.signUp();
    expect(await run('BeginTotp', { password: 'a guess of it' }, member)).toMatchObject({
      code: 'INVALID_CREDENTIALS',
    });
    const { secret, uri } = await run('BeginTotp', { password: PASSWORD }, member);
    expect(uri).toContain(`secret=${secret}&`);
    expect((await first(member)).__typename).toBe('SignInSuccess');
    expect(await run('ConfirmTotp', { code: '000000' }, member)).toMatchObject({ path: ['input', 'code'] });
    const confirmed = await run('ConfirmTotp', { code: shown(secret) }, member);
    expect(new Set(confirmed.recoveryCodes).size).toBe(10);
    expect(await totpOf(member)).toEqual({ viewer: { account: { totp: { recoveryCodesLeft: 10 } } } });
    expect(await run('BeginTotp', { password: PASSWORD }, member)).toMatchObject({ code: 'TOTP_IS_ON' });

    auth.pass(30);
    const waiting = await first(member);
    expect(waiting).toMatchObject({ __typename: 'SecondFactorRequired', challenge: expect.any(String) });
    expect(await second(waiting.challenge, shown(secret))).toMatchObject({
      __typename: 'SignInSuccess',
      account: { id: member.id },
      session: { refreshToken: expect.any(String) },
    });
    expect(await second(waiting.challenge, shown(secret, 1))).toMatchObject({ code: 'INVALID_CHALLENGE' });
  });

  it('takes no code twice, and none that is older than one that was used', async () => {
    const member = await guarded();
    const challenges = [await first(member), await first(member), await first(member)].map((one) => one.challenge);
    const code = shown(member.secret);
    const both = await Promise.all([second(challenges[0] ?? '', code), second(challenges[1] ?? '', code)]);
    expect(both.map(({ __typename }) => __typename).sort()).toEqual(['InvalidCodeError', 'SignInSuccess']);
    expect(await second(challenges[2] ?? '', shown(member.secret, -1))).toMatchObject({ code: 'INVALID_CODE' });
    auth.pass(60);
    expect(await second(challenges[2] ?? '', shown(member.secret, -1))).toMatchObject({ __typename: 'SignInSuccess' });
  });

  it('is replaced by a recovery code, once, which the member is told of', async () => {
    const member = await guarded();
    const [code = '', other = ''] = member.recoveryCodes;
    const written = code.toUpperCase().replaceAll('-', ' ');
    expect((await second((await first(member)).challenge, written)).__typename).toBe('SignInSuccess');
    expect(await second((await first(member)).challenge, code)).toMatchObject({ code: 'INVALID_CODE' });
    expect(await totpOf(member)).toMatchObject({ viewer: { account: { totp: { recoveryCodesLeft: 9 } } } });
    expect((await auth.events(member.id)).map(({ data }) => data.change)).toContain('RECOVERY_CODE_USED');
    const renewed = await run('RenewRecoveryCodes', { password: PASSWORD }, member);
    expect(await second((await first(member)).challenge, other)).toMatchObject({ code: 'INVALID_CODE' });
    const [fresh = ''] = renewed.recoveryCodes;
    expect((await second((await first(member)).challenge, fresh)).__typename).toBe('SignInSuccess');
  });

  it('makes guesses wait, by aliases, by new sign-ins and for the same challenge alike', async () => {
    const member = await guarded();
    const { challenge } = await first(member);
    const aliases = Array.from(
      { length: 8 },
      (_, i) => `a${i}: completeSignIn(input: { challenge: $challenge, code: "00000${i}" }) { __typename }`,
    ).join(' ');
    const { data } = await auth.domain.query<Record<string, Result>>(`mutation($challenge: String!) { ${aliases} }`, {
      challenge,
    });
    const names = Object.values(data).map(({ __typename }) => __typename);
    expect(names.filter((name) => name === 'InvalidCodeError')).toHaveLength(5);
    const again = await second((await first(member)).challenge, shown(member.secret));
    expect(again).toMatchObject({ code: 'TOO_MANY_ATTEMPTS' });
    auth.pass(again.retryAfterSeconds ?? 0);
    expect((await second(challenge, shown(member.secret))).__typename).toBe('SignInSuccess');
  });

  it('waits for ten minutes, not longer, and gives no session for the password alone', async () => {
    const member = await guarded();
    const { challenge } = await first(member);
    auth.pass(601);
    expect(await second(challenge, shown(member.secret))).toMatchObject({ code: 'INVALID_CHALLENGE' });
    expect(await second('guessed', shown(member.secret))).toMatchObject({ code: 'INVALID_CHALLENGE' });
  });

  it('is turned off by both factors, and by neither alone', async () => {
    const member = await guarded();
    const fresh = { token: (await auth.refresh(member.session.refreshToken)).session.accessToken };
    const disable = (password: string, code: string) => run('DisableTotp', { password, code }, fresh);
    expect(await disable('a guess of it', shown(member.secret))).toMatchObject({ code: 'INVALID_CREDENTIALS' });
    expect(await disable(PASSWORD, '000000')).toMatchObject({ code: 'INVALID_CODE' });
    expect((await disable(PASSWORD, shown(member.secret))).__typename).toBe('DisableTotpSuccess');
    expect((await first(member)).__typename).toBe('SignInSuccess');
    expect(await disable(PASSWORD, shown(member.secret, 1))).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('lies in the database encrypted, and its recovery codes as hashes', async () => {
    const member = await guarded();
    const { rows } = await auth.domain.database.query(
      `SELECT encode(encrypted_secret, 'hex') AS secret,
         (SELECT string_agg(encode(hash, 'escape'), ' ') FROM recovery_code WHERE account_id = $1) AS codes
       FROM totp WHERE account_id = $1`,
      [member.id],
    );
    expect(rows[0].secret).not.toContain(bytesOf(member.secret).toString('hex'));
    for (const code of member.recoveryCodes) expect(rows[0].codes).not.toContain(code);
  });
});
