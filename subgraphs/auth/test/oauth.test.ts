import { until } from '@community/testing/wait';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLIENT, startOidc, type TestOidc } from './oidc.ts';
import { newcomer, PASSWORD, type Result, startAuth, type TestAuth } from './support.ts';

const PUBLIC_URL = 'http://community.example.org';

let oidc: TestOidc;
let auth: TestAuth;
beforeAll(async () => {
  oidc = await startOidc(`${PUBLIC_URL}/auth/oauth/callback/corp`);
  auth = await startAuth({
    PUBLIC_URL,
    OAUTH_PROVIDERS: 'corp, other',
    OAUTH_CORP_ISSUER: oidc.issuer,
    OAUTH_CORP_NAME: 'The Corporation',
    OAUTH_CORP_CLIENT_ID: CLIENT.id,
    OAUTH_CORP_CLIENT_SECRET: CLIENT.secret,
    OAUTH_CORP_BELIEVE_EMAIL: 'true',
    OAUTH_OTHER_ISSUER: oidc.issuer,
    OAUTH_OTHER_CLIENT_ID: CLIENT.id,
    OAUTH_OTHER_CLIENT_SECRET: CLIENT.secret,
  });
});
afterAll(async () => {
  await auth[Symbol.asyncDispose]();
  await oidc.close();
});

interface Answer extends Result {
  url: string;
  state: string;
  ticket: string;
  challenge: string;
  email: string | null;
  provider: string;
}

const FIELDS: Readonly<Record<string, string>> = {
  BeginOAuth: '... on BeginOAuthSuccess { url state }',
  CompleteOAuth: `... on SignInSuccess { account { id } session { accessToken } } ... on OAuthLinked { provider }
    ... on OAuthSignUpRequired { ticket email name } ... on SecondFactorRequired { challenge }`,
  CompleteOAuthSignUp: '... on SignUpSuccess { account { id email roles } session { accessToken } }',
};

async function run(name: string, input: object, as: { token: string } | null = null): Promise<Answer> {
  const field = `${name.slice(0, 1).toLowerCase()}${name.slice(1)}`;
  const document = `mutation($input: ${name}Input!) { ${field}(input: $input) { __typename ${FIELDS[name] ?? ''} ... on Error { code path } } }`;
  const answer = await auth.domain.query<Record<string, Answer>>(document, { input }, as);
  if (!answer.data) throw new Error(JSON.stringify(answer.errors));
  return answer.data[field] as Answer;
}

const complete = (state: string, back: URL, provider = 'corp') =>
  run('CompleteOAuth', { provider, state, parameters: back.search.slice(1) });

/** Signs in at the provider as somebody there, and comes back. */
async function viaCorp(login: string, input: object = {}, as: { token: string } | null = null): Promise<Answer> {
  const begun = await run('BeginOAuth', { provider: 'corp', ...input }, as);
  if (begun.__typename !== 'BeginOAuthSuccess') return begun;
  return complete(begun.state, await oidc.signIn(begun.url, login));
}

/** Somebody whom the provider knows. */
function person(change: object = {}) {
  const { handle, email } = newcomer();
  oidc.people.set(handle, { email, email_verified: true, name: 'Mina at work', ...change });
  return { login: handle, email, handle };
}

const verify = (id: string) =>
  auth.domain.database.query('UPDATE account SET email_verified_at = now() WHERE id = $1', [id]);

interface Identity {
  id: string;
  provider: string;
  email: string;
}
async function identities(as: { token: string }): Promise<Identity[]> {
  const { data } = await auth.domain.query<{ viewer: { account: { identities: Identity[] } } }>(
    '{ viewer { account { identities { id provider email } } } }',
    {},
    as,
  );
  return data.viewer.account.identities;
}

/** A member who signed up by the provider, and has no password. */
async function signedUp() {
  const known = person();
  const { ticket } = await viaCorp(known.login);
  const profile = { ticket, handle: known.handle, displayName: '민아', language: 'ko' };
  const result = await run('CompleteOAuthSignUp', profile);
  expect(result.__typename).toBe('SignUpSuccess');
  return { ...known, id: result.account.id, token: result.session.accessToken };
}

describe('signing in at a provider', () => {
  it('makes an account of a newcomer, whose address the provider has verified, and opens it the next time', async () => {
    const known = person();
    const first = await viaCorp(known.login);
    expect(first).toMatchObject({ __typename: 'OAuthSignUpRequired', email: known.email, name: 'Mina at work' });
    const profile = { ticket: first.ticket, handle: known.handle, displayName: '민아', language: 'ko' };
    expect(await run('CompleteOAuthSignUp', { ...profile, handle: 'admin' })).toMatchObject({ code: 'HANDLE_KEPT' });
    const made = await run('CompleteOAuthSignUp', profile);
    expect(made).toMatchObject({ __typename: 'SignUpSuccess', account: { email: known.email, roles: ['MEMBER'] } });
    expect(await run('CompleteOAuthSignUp', profile)).toMatchObject({ code: 'INVALID_CHALLENGE' });
    const again = await viaCorp(known.login);
    expect(again).toMatchObject({ __typename: 'SignInSuccess', account: { id: made.account.id } });
    const { data } = await auth.domain.query(
      '{ viewer { account { emailVerified } } }',
      {},
      {
        token: again.session.accessToken,
      },
    );
    expect(data).toEqual({ viewer: { account: { emailVerified: true } } });
    expect(await auth.signIn({ email: known.email, password: '' })).toMatchObject({ code: 'INVALID_CREDENTIALS' });
  });

  it('links an account with the same address when both sides know that it is hers', async () => {
    const member = await auth.signUp();
    await verify(member.id);
    const known = person({ email: member.email.toUpperCase() });
    expect(await viaCorp(known.login)).toMatchObject({ __typename: 'SignInSuccess', account: { id: member.id } });
    expect(await identities(member)).toMatchObject([{ provider: 'corp' }]);
    await until(async () => (await auth.events(member.id)).some(({ data }) => data.change === 'IDENTITY_LINKED'));
  });

  it('links none whose address nobody has verified, here or there', async () => {
    const here = await auth.signUp();
    expect(await viaCorp(person({ email: here.email }).login)).toMatchObject({ code: 'EMAIL_IN_USE' });
    const there = await auth.signUp();
    await verify(there.id);
    const claimed = await viaCorp(person({ email: there.email, email_verified: false }).login);
    expect(claimed.__typename).toBe('OAuthSignUpRequired');
    const profile = { ticket: claimed.ticket, handle: newcomer().handle, displayName: 'Eve' };
    expect(await run('CompleteOAuthSignUp', profile)).toMatchObject({ code: 'SIGN_UP_REFUSED' });
    for (const member of [here, there]) expect(await identities(member)).toEqual([]);
  });

  it('takes no address for verified that the newcomer chose herself', async () => {
    const known = person();
    const { ticket } = await viaCorp(known.login);
    const { email, handle } = newcomer();
    const made = await run('CompleteOAuthSignUp', { ticket, handle, displayName: 'Mina', email });
    const { data } = await auth.domain.query(
      '{ viewer { account { email emailVerified } } }',
      {},
      {
        token: made.session.accessToken,
      },
    );
    expect(data).toEqual({ viewer: { account: { email, emailVerified: false } } });
  });

  it('asks for the second factor of who has one', async () => {
    const member = await signedUp();
    await auth.domain.database.query(
      "INSERT INTO totp (account_id, encrypted_secret, confirmed_at) VALUES ($1, '', now())",
      [member.id],
    );
    expect(await viaCorp(member.login)).toMatchObject({ __typename: 'SecondFactorRequired' });
  });

  it('opens no account that is suspended', async () => {
    const member = await signedUp();
    await auth.domain.database.query("UPDATE account SET suspended_at = now(), suspended_for = 'spam' WHERE id = $1", [
      member.id,
    ]);
    expect(await viaCorp(member.login)).toMatchObject({ code: 'ACCOUNT_SUSPENDED' });
  });
});

describe('what comes back from a provider', () => {
  it('is good once, for the browser and the provider that it was begun with', async () => {
    const member = await signedUp();
    const begun = await run('BeginOAuth', { provider: 'corp' });
    const url = new URL(begun.url);
    expect(url.searchParams.get('code_challenge_method')).toBe('S256');
    expect(url.searchParams.get('nonce')).toMatch(/^[\w-]{43}$/);
    expect(url.searchParams.get('state')).toBe(begun.state);
    const back = await oidc.signIn(begun.url, member.login);

    const other = await run('BeginOAuth', { provider: 'corp' });
    expect(await complete(other.state, back)).toMatchObject({ code: 'OAUTH_FAILED' });
    expect(await complete('', back)).toMatchObject({ code: 'INVALID_CHALLENGE' });
    expect((await complete(begun.state, back)).__typename).toBe('SignInSuccess');
    expect(await complete(begun.state, back)).toMatchObject({ code: 'INVALID_CHALLENGE' });

    const mixed = await run('BeginOAuth', { provider: 'other' });
    expect(await complete(mixed.state, back, 'corp')).toMatchObject({ code: 'INVALID_CHALLENGE' });
  });

  it('is refused when the code was begun with another verifier, or the provider says no', async () => {
    const member = await signedUp();
    const [victim, attacker] = [
      await run('BeginOAuth', { provider: 'corp' }),
      await run('BeginOAuth', { provider: 'corp' }),
    ];
    const back = await oidc.signIn(victim.url, member.login);
    // A code that was stolen, injected into a sign-in of the thief's own (RFC 9700, section 4.5).
    back.searchParams.set('state', attacker.state);
    expect(await complete(attacker.state, back)).toMatchObject({ code: 'OAUTH_FAILED' });
    const refused = new URL(`${PUBLIC_URL}/?error=access_denied&state=${victim.state}`);
    expect(await complete(victim.state, refused)).toMatchObject({ code: 'OAUTH_FAILED' });
    expect(await run('BeginOAuth', { provider: 'unknown' })).toMatchObject({ path: ['input', 'provider'] });
  });
});

describe("a provider's account", () => {
  it('is linked by a member who confirms that it is her, and to nobody else then', async () => {
    const [member, other] = [await auth.signUp(), await auth.signUp()];
    const known = person();
    const link = { link: true, password: PASSWORD };
    expect(await viaCorp(known.login, link)).toMatchObject({ code: 'NOT_SIGNED_IN' });
    expect(await viaCorp(known.login, { link: true, password: 'a guess' }, member)).toMatchObject({
      code: 'INVALID_CREDENTIALS',
    });
    expect(await viaCorp(known.login, link, member)).toMatchObject({ __typename: 'OAuthLinked', provider: 'corp' });
    expect(await viaCorp(known.login, link, member)).toMatchObject({ __typename: 'OAuthLinked' });
    expect(await viaCorp(known.login, link, other)).toMatchObject({ code: 'IDENTITY_IN_USE' });
    expect(await identities(member)).toHaveLength(1);
    expect(await viaCorp(known.login)).toMatchObject({ __typename: 'SignInSuccess', account: { id: member.id } });
  });

  it('is unlinked, unless it is the last way in', async () => {
    const [member, stranger] = [await signedUp(), await auth.signUp()];
    const [{ id: identityId = '' } = {}] = await identities(member);
    const unlink = (as: { token: string }, id = identityId) => run('UnlinkIdentity', { identityId: id }, as);
    expect(await unlink(stranger)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await unlink(member)).toMatchObject({ code: 'LAST_WAY_IN' });
    const second = person();
    await viaCorp(second.login, { link: true }, member);
    const all = await identities(member);
    const results = await Promise.all(all.map(({ id }) => unlink(member, id)));
    expect(results.map(({ __typename }) => __typename).sort()).toEqual(['ConflictError', 'UnlinkIdentitySuccess']);
  });

  it('is linked to an account without a password soon after signing in only', async () => {
    await using own = await startAuth({
      PUBLIC_URL,
      OAUTH_PROVIDERS: 'corp',
      OAUTH_CORP_ISSUER: oidc.issuer,
      OAUTH_CORP_CLIENT_ID: CLIENT.id,
      OAUTH_CORP_CLIENT_SECRET: CLIENT.secret,
    });
    const member = await own.signUp();
    await own.domain.database.query('DELETE FROM credential WHERE account_id = $1', [member.id]);
    await own.domain.database.query("UPDATE session SET created_at = now() - interval '11 minutes'");
    const document = 'mutation { beginOAuth(input: { provider: "corp", link: true }) { ... on Error { code } } }';
    expect((await own.domain.query(document, {}, member)).data).toEqual({ beginOAuth: { code: 'SIGN_IN_AGAIN' } });
  });
});

describe('a configuration of providers', () => {
  it.each([
    [{ OAUTH_PROVIDERS: 'google' }, /OAUTH_GOOGLE_CLIENT_ID/],
    [{ OAUTH_PROVIDERS: 'corp', OAUTH_CORP_CLIENT_ID: 'a', OAUTH_CORP_CLIENT_SECRET: 'b' }, /OAUTH_CORP_ISSUER/],
    [{ OAUTH_PROVIDERS: 'my corp' }, /my corp is not a name/],
  ])('%j is refused with what is missing', async (env, message) => {
    const { readProviders } = await import('../src/modules/oauth/provider.config.ts');
    expect(() => readProviders(env)).toThrow(message);
  });

  it('of the presets needs an id and a secret only, and is listed', async () => {
    const { readProviders } = await import('../src/modules/oauth/provider.config.ts');
    const names = ['google', 'github', 'kakao', 'naver'];
    const env = Object.fromEntries(
      names.flatMap((name) => ['CLIENT_ID', 'CLIENT_SECRET'].map((key) => [`OAUTH_${name.toUpperCase()}_${key}`, 'x'])),
    );
    const read = readProviders({ ...env, OAUTH_PROVIDERS: names.join(',') });
    expect(read.map(({ name }) => name)).toEqual(['Google', 'GitHub', 'Kakao', 'Naver']);
    expect((await auth.domain.query('{ signInProviders { id name } }')).data).toEqual({
      signInProviders: [
        { id: 'corp', name: 'The Corporation' },
        { id: 'other', name: 'other' },
      ],
    });
  });
});
