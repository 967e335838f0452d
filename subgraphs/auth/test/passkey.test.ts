import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAuthenticator, type Fault } from './authenticator.ts';
import { PASSWORD, type Result, startAuth, type TestAuth } from './support.ts';

const ORIGIN = 'https://community.example.org';

let auth: TestAuth;
beforeAll(async () => {
  auth = await startAuth({ PUBLIC_URL: ORIGIN });
  auth.stopClock();
});
afterAll(() => auth[Symbol.asyncDispose]());

type Member = Awaited<ReturnType<TestAuth['signUp']>>;

interface Answer extends Result {
  optionsJson: string;
  passkey: { id: string; name: string };
}

const FIELDS: Readonly<Record<string, string>> = {
  BeginPasskeyRegistration: '... on BeginPasskeyRegistrationSuccess { optionsJson expiresAt }',
  FinishPasskeyRegistration: '... on FinishPasskeyRegistrationSuccess { passkey { id name backedUp } }',
  SignInByPasskey: '... on SignInSuccess { account { id } session { accessToken refreshToken } }',
};

async function run(name: string, input: object, as: { token: string } | null = null): Promise<Answer> {
  const field = `${name.slice(0, 1).toLowerCase()}${name.slice(1)}`;
  const document = `mutation($input: ${name}Input!) { ${field}(input: $input) { __typename ${FIELDS[name] ?? ''} ... on Error { code path } } }`;
  return (await auth.domain.query<Record<string, Answer>>(document, { input }, as)).data[field] as Answer;
}

const beginRegistration = (as: { token: string } | null, password = PASSWORD) =>
  run('BeginPasskeyRegistration', { password }, as);
const finish = (as: { token: string } | null, responseJson: string) =>
  run('FinishPasskeyRegistration', { name: ' Telefon ', responseJson }, as);
const signIn = (responseJson: string) => run('SignInByPasskey', { responseJson });

async function options(): Promise<string> {
  const { data } = await auth.domain.query<{ beginPasskeySignIn: { optionsJson: string } }>(
    'mutation { beginPasskeySignIn { optionsJson } }',
  );
  return data.beginPasskeySignIn.optionsJson;
}

/** A member with a passkey on a device. */
async function equipped() {
  const member = await auth.signUp();
  const device = createAuthenticator(ORIGIN);
  const { optionsJson } = await beginRegistration(member);
  const { passkey } = await finish(member, device.create(optionsJson));
  return { member, device, passkey };
}

const listed = async (member: Member) =>
  (await auth.domain.query('{ viewer { account { passkeys { id name lastUsedAt } } } }', {}, member)).data;

describe('a passkey', () => {
  it('is made on a device by a member who confirms that it is her, and opens sessions from then on', async () => {
    const member = await auth.signUp();
    expect(await beginRegistration(null)).toMatchObject({ code: 'NOT_SIGNED_IN' });
    expect(await beginRegistration(member, 'a guess of it')).toMatchObject({ code: 'INVALID_CREDENTIALS' });
    const device = createAuthenticator(ORIGIN);
    const { optionsJson } = await beginRegistration(member);
    expect(JSON.parse(optionsJson)).toMatchObject({
      rp: { id: 'community.example.org' },
      user: { name: member.email },
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
    const made = await finish(member, device.create(optionsJson));
    expect(made).toMatchObject({ passkey: { name: 'Telefon', backedUp: false } });
    const result = await signIn(device.get(await options()));
    expect(result).toMatchObject({ __typename: 'SignInSuccess', account: { id: member.id } });
    expect((await auth.refresh(result.session.refreshToken)).__typename).toBe('RefreshSessionSuccess');
    expect(await listed(member)).toEqual({
      viewer: {
        account: { passkeys: [{ id: made.passkey.id, name: 'Telefon', lastUsedAt: auth.now().toISOString() }] },
      },
    });
    expect((await auth.events(member.id)).map(({ data }) => data.change)).toContain('PASSKEY_ADDED');
    const again = JSON.parse((await beginRegistration(member)).optionsJson);
    expect(again.excludeCredentials).toHaveLength(1);
  });

  it('counts as two factors, as its device has verified the member', async () => {
    const { member, device } = await equipped();
    await auth.domain.database.query(
      "INSERT INTO totp (account_id, encrypted_secret, confirmed_at) VALUES ($1, '', now())",
      [member.id],
    );
    expect((await signIn(device.get(await options()))).__typename).toBe('SignInSuccess');
  });

  it.each<[string, Fault]>([
    ['from another site', { origin: 'https://community.example.org.evil.example' }],
    ['without verifying its user', { unverified: true }],
    ['for another account', { userHandle: Buffer.from('somebody else').toString('base64url') }],
    ['to a challenge of its own making', { challenge: Buffer.alloc(32).toString('base64url') }],
    ['by an unknown key', { id: Buffer.alloc(32).toString('base64url') }],
  ])('that answers %s opens nothing', async (_, fault) => {
    const { device } = await equipped();
    expect(await signIn(device.get(await options(), fault))).toMatchObject({ code: 'INVALID_PASSKEY' });
  });

  it('answers a challenge once, within five minutes', async () => {
    const { device } = await equipped();
    const [first, late] = [await options(), await options()];
    const answers = [device.get(first), device.get(first)];
    const results = await Promise.all(answers.map(signIn));
    expect(results.map(({ __typename }) => __typename).sort()).toEqual(['InvalidPasskeyError', 'SignInSuccess']);
    auth.pass(301);
    expect(await signIn(device.get(late))).toMatchObject({ code: 'INVALID_PASSKEY' });
  });

  it('that counts backwards is a copy, and opens nothing', async () => {
    const { device } = await equipped();
    expect((await signIn(device.get(await options(), { counter: 9 }))).__typename).toBe('SignInSuccess');
    expect(await signIn(device.get(await options(), { counter: 8 }))).toMatchObject({ code: 'INVALID_PASSKEY' });
  });

  it('is registered by the member who began, once, and belongs to one account', async () => {
    const [mina, jun] = [await auth.signUp(), await auth.signUp()];
    const device = createAuthenticator(ORIGIN);
    const { optionsJson } = await beginRegistration(mina);
    for (const fault of [{ origin: 'https://evil.example' }, { unverified: true }, { challenge: 'AAAA' }])
      expect(await finish(mina, device.create(optionsJson, fault))).toMatchObject({ code: 'INVALID_PASSKEY' });
    for (const bad of ['', '{}', 'null', 'x'.repeat(20_000)])
      expect(await finish(mina, bad)).toMatchObject({ code: 'INVALID_PASSKEY', path: ['input', 'responseJson'] });
    expect(await signIn(device.create(await options()))).toMatchObject({ code: 'INVALID_PASSKEY' });
    const answer = device.create(optionsJson);
    expect((await finish(mina, answer)).__typename).toBe('FinishPasskeyRegistrationSuccess');
    expect(await finish(mina, answer)).toMatchObject({ code: 'INVALID_PASSKEY' });
    const stolen = device.create((await beginRegistration(mina)).optionsJson);
    expect(await finish(jun, stolen)).toMatchObject({ code: 'INVALID_PASSKEY' });
    const second = device.create((await beginRegistration(jun)).optionsJson);
    expect(await finish(jun, second)).toMatchObject({ code: 'PASSKEY_KNOWN' });
  });

  it('is removed by its member, unless it is her last way in', async () => {
    const { member, device, passkey } = await equipped();
    const remove = (as: { token: string }) => run('RemovePasskey', { passkeyId: passkey.id }, as);
    expect(await remove(await auth.signUp())).toMatchObject({ code: 'NOT_FOUND' });
    await auth.domain.database.query('DELETE FROM credential WHERE account_id = $1', [member.id]);
    expect(await remove(member)).toMatchObject({ code: 'LAST_WAY_IN' });
    await auth.domain.database.query("INSERT INTO credential (account_id, password_hash) VALUES ($1, 'x')", [
      member.id,
    ]);
    expect((await remove(member)).__typename).toBe('RemovePasskeySuccess');
    expect(await signIn(device.get(await options()))).toMatchObject({ code: 'INVALID_PASSKEY' });
  });

  it('opens no account that is suspended', async () => {
    const { member, device } = await equipped();
    await auth.domain.database.query("UPDATE account SET suspended_at = now(), suspended_for = 'spam' WHERE id = $1", [
      member.id,
    ]);
    expect(await signIn(device.get(await options()))).toMatchObject({ code: 'ACCOUNT_SUSPENDED' });
  });
});
