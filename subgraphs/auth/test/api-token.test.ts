import { until } from '@community/testing/wait';
import jwt from 'jsonwebtoken';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD, type Result, startAuth, type TestAuth } from './support.ts';

let auth: TestAuth;
beforeAll(async () => {
  auth = await startAuth();
});
afterAll(() => auth[Symbol.asyncDispose]());

interface Answer extends Result {
  token: string;
  accessToken: string;
  apiToken: { id: string; name: string; scopes: string[]; lastUsedAt: string | null };
}

const FIELDS: Readonly<Record<string, string>> = {
  CreateApiToken: '... on CreateApiTokenSuccess { token apiToken { id name scopes expiresAt lastUsedAt } }',
  ExchangeApiToken: '... on ExchangeApiTokenSuccess { accessToken accessTokenExpiresAt }',
};

async function run(name: string, input: object, as: { token: string } | null = null): Promise<Answer> {
  const field = `${name.slice(0, 1).toLowerCase()}${name.slice(1)}`;
  const document = `mutation($input: ${name}Input!) { ${field}(input: $input) { __typename ${FIELDS[name] ?? ''} ... on Error { code path } } }`;
  return (await auth.domain.query<Record<string, Answer>>(document, { input }, as)).data[field] as Answer;
}

const create = (as: { token: string } | null, change: object = {}) =>
  run('CreateApiToken', { name: 'bot', scopes: ['content:read'], password: PASSWORD, ...change }, as);
const exchange = (token: string) => run('ExchangeApiToken', { token });
const status = async (token: string) => (await auth.domain.query('{ __typename }', {}, { token })).status;
const listed = async (as: { token: string }) => {
  const document = '{ viewer { account { apiTokens { id name lastUsedAt } } } }';
  const { data } = await auth.domain.query<{ viewer: { account: { apiTokens: Answer['apiToken'][] } } }>(
    document,
    {},
    as,
  );
  return data.viewer.account.apiTokens;
};

describe('an API token', () => {
  it('is shown once, kept as a hash, listed with its last use, and exchanged for access tokens with its scopes', async () => {
    const member = await auth.signUp();
    const { token, apiToken } = await create(member, { scopes: ['content:write', 'content:read', 'content:read'] });
    expect(token).toMatch(/^cpat_[\w-]{43}$/);
    expect(apiToken).toMatchObject({ name: 'bot', scopes: ['content:write', 'content:read'], lastUsedAt: null });
    const { accessToken } = await exchange(token);
    expect(jwt.decode(accessToken)).toMatchObject({
      sub: member.id,
      sid: apiToken.id,
      roles: ['MEMBER'],
      scope: 'content:write content:read',
    });
    expect(await listed(member)).toEqual([{ id: apiToken.id, name: 'bot', lastUsedAt: expect.any(String) }]);
    const { rows } = await auth.domain.database.query("SELECT api_token::text, encode(hash, 'escape') FROM api_token");
    expect(JSON.stringify(rows)).not.toContain(token.slice(5));
  });

  it('acts in no way on the account itself, whatever its scopes', async () => {
    const member = await auth.signUp();
    const { token } = await create(member, { scopes: ['user:write', 'content:write'] });
    const as = { token: (await exchange(token)).accessToken };
    const documents = [
      `mutation { createApiToken(input: { name: "more", scopes: ["chat:read"], password: "${PASSWORD}" }) { __typename } }`,
      `mutation { changePassword(input: { currentPassword: "${PASSWORD}", newPassword: "another long one" }) { __typename } }`,
      `mutation { requestErasure(input: { password: "${PASSWORD}" }) { __typename } }`,
    ];
    for (const document of documents) {
      const answer = await auth.domain.query(document, {}, as);
      expect(answer.errors?.[0]?.extensions?.code).toBe('INSUFFICIENT_SCOPE');
    }
    const { data } = await auth.domain.query('{ viewer { account { email } dataRequests { id } } }', {}, as);
    expect(data).toEqual({ viewer: null });
  });

  it('that is revoked ends what it opened, and is good for nothing', async () => {
    const [member, stranger] = [await auth.signUp(), await auth.signUp()];
    const { token, apiToken } = await create(member);
    const { accessToken } = await exchange(token);
    const revoke = (as: { token: string }, apiTokenId: string) => run('RevokeApiToken', { apiTokenId }, as);
    expect(await revoke(stranger, apiToken.id)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await status(accessToken)).toBe(200);
    expect((await revoke(member, apiToken.id)).__typename).toBe('RevokeApiTokenSuccess');
    await until(async () => (await status(accessToken)) === 401, 'its access token being refused');
    expect(await exchange(token)).toMatchObject({ code: 'INVALID_API_TOKEN' });
    expect(await listed(member)).toEqual([]);
    expect(await revoke(member, apiToken.id)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await status(member.token)).toBe(200);
  });

  it('needs the password, known scopes, and an end', async () => {
    const member = await auth.signUp();
    expect(await create(null)).toMatchObject({ code: 'NOT_SIGNED_IN' });
    expect(await create(member, { password: 'a guess of it' })).toMatchObject({ code: 'INVALID_CREDENTIALS' });
    for (const [change, path] of [
      [{ scopes: [] }, 'scopes'],
      [{ scopes: ['auth:write'] }, 'scopes'],
      [{ scopes: ['content:read admin'] }, 'scopes'],
      [{ expiresInDays: 367 }, 'expiresInDays'],
      [{ name: ' ' }, 'name'],
    ] as const)
      expect(await create(member, change)).toMatchObject({ __typename: 'ValidationError', path: ['input', path] });
    for (const guess of ['', 'cpat_guessed', member.session.refreshToken])
      expect(await exchange(guess)).toMatchObject({ code: 'INVALID_API_TOKEN' });
  });

  it('has expired after its days', async () => {
    await using own = await startAuth();
    const member = await own.signUp();
    const made = await own.domain.query<Record<string, Answer>>(
      `mutation { createApiToken(input: { name: "bot", scopes: ["chat:read"], expiresInDays: 1, password: "${PASSWORD}" }) {
        ... on CreateApiTokenSuccess { token } } }`,
      {},
      member,
    );
    const use = async () =>
      (
        await own.domain.query<Record<string, Answer>>(
          'mutation($token: String!) { exchangeApiToken(input: { token: $token }) { __typename } }',
          { token: made.data.createApiToken?.token },
        )
      ).data.exchangeApiToken?.__typename;
    expect(await use()).toBe('ExchangeApiTokenSuccess');
    own.pass(86_401);
    expect(await use()).toBe('InvalidApiTokenError');
  });
});
