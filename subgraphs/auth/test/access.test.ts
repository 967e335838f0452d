import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { newId } from '@community/kit/ids';
import { TOKEN_AUDIENCE, TOKEN_ISSUER } from '@community/kit/member-token';
import jwt from 'jsonwebtoken';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKeyVault } from '../src/modules/signing-key/key-vault.ts';
import { startAuth, type TestAuth } from './support.ts';

let auth: TestAuth;
beforeAll(async () => {
  auth = await startAuth();
});
afterAll(() => auth[Symbol.asyncDispose]());

const ENTITIES = `query($representations: [_Any!]!) { _entities(representations: $representations) {
  __typename ... on Viewer { id account { email } } } }`;

/** The key that auth signs with, taken out of its database. */
async function signingKey() {
  const { rows } = await auth.domain.database.query('SELECT id, public_key, encrypted_private_key FROM signing_key');
  const [{ id, public_key: publicKey, encrypted_private_key: encrypted }] = rows;
  const privateKey = createKeyVault(auth.domain.env.KEY_ENCRYPTION_SECRET ?? '').decrypt(id, encrypted);
  if (!privateKey) throw new Error('the key does not open');
  return { id: id as string, publicKey: createPublicKey({ key: publicKey, format: 'jwk' }), privateKey };
}

describe('an access token', () => {
  const claims = { sid: newId(), roles: ['ADMINISTRATOR'] };
  const common = { issuer: TOKEN_ISSUER, audience: TOKEN_AUDIENCE, subject: newId(), expiresIn: 600 } as const;

  it('says no more than who, by which session and with which roles, and is good for ten minutes', async () => {
    const member = await auth.signUp();
    const decoded = jwt.decode(member.token, { complete: true });
    expect(decoded?.header).toEqual({ alg: 'ES256', typ: 'JWT', kid: (await signingKey()).id });
    const { iat, exp, ...others } = (decoded as jwt.Jwt).payload as jwt.JwtPayload;
    expect((exp ?? 0) - (iat ?? 0)).toBe(600);
    expect(new Date((exp ?? 0) * 1000).toISOString()).toBe(member.session.accessTokenExpiresAt);
    expect(others).toEqual({
      iss: 'community',
      aud: 'community',
      sub: member.id,
      sid: expect.any(String),
      roles: ['MEMBER'],
    });
  });

  it('of its own making is accepted by the checks below', async () => {
    const { id, privateKey } = await signingKey();
    const token = jwt.sign(claims, privateKey, { ...common, algorithm: 'ES256', keyid: id });
    expect((await auth.domain.query('{ viewer { id } }', {}, { token })).data).toEqual({
      viewer: { id: common.subject },
    });
  });

  it.each([
    [
      'has expired',
      async () => {
        const { id, privateKey } = await signingKey();
        return jwt.sign(claims, privateKey, { ...common, algorithm: 'ES256', keyid: id, expiresIn: -1 });
      },
    ],
    [
      'is signed by another key',
      async () => {
        const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
        return jwt.sign(claims, privateKey, { ...common, algorithm: 'ES256', keyid: (await signingKey()).id });
      },
    ],
    [
      'is signed by the public key as a shared secret',
      async () => {
        const { id, publicKey } = await signingKey();
        const secret = publicKey.export({ type: 'spki', format: 'pem' });
        return jwt.sign(claims, secret, { ...common, algorithm: 'HS256', keyid: id });
      },
    ],
    [
      'is not signed',
      async () => jwt.sign(claims, '', { ...common, algorithm: 'none', keyid: (await signingKey()).id }),
    ],
    [
      'is for another audience',
      async () => {
        const { id, privateKey } = await signingKey();
        return jwt.sign(claims, privateKey, { ...common, audience: 'else', algorithm: 'ES256', keyid: id });
      },
    ],
    [
      'was changed',
      async () => {
        const [header, payload, signature] = (await auth.signUp()).token.split('.');
        const forged = { ...JSON.parse(Buffer.from(payload ?? '', 'base64url').toString()), roles: ['ADMINISTRATOR'] };
        return [header, Buffer.from(JSON.stringify(forged)).toString('base64url'), signature].join('.');
      },
    ],
    ['is a refresh token', async () => (await auth.signUp()).session.refreshToken],
  ])('that %s is refused', async (_, make) => {
    const answer = await auth.domain.query('{ viewer { id } }', {}, { token: await make() });
    expect(answer.status).toBe(401);
    expect(answer.errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED');
  });
});

describe('the account of a member', () => {
  it('is shown to her, and to nobody else', async () => {
    const [mina, jun] = [await auth.signUp(), await auth.signUp()];
    const representations = [{ __typename: 'Viewer', id: mina.id }];
    const as = async (who: { token: string } | null) =>
      (await auth.domain.query(ENTITIES, { representations }, who)).data;
    expect(await as(mina)).toEqual({
      _entities: [{ __typename: 'Viewer', id: mina.id, account: { email: mina.email } }],
    });
    expect(await as(jun)).toEqual({ _entities: [null] });
    expect(await as(null)).toEqual({ _entities: [null] });
  });

  it('cannot be named from outside', async () => {
    const mina = await auth.signUp();
    for (const __typename of ['Account', 'User', 'Session']) {
      const { data, errors } = await auth.domain.query(
        ENTITIES,
        { representations: [{ __typename, id: mina.id }] },
        mina,
      );
      expect(errors).toHaveLength(1);
      expect(JSON.stringify(data ?? {})).not.toContain(mina.email);
    }
  });

  it('is nothing for a client that is not signed in', async () => {
    expect((await auth.domain.query('{ viewer { account { email } } }')).data).toEqual({ viewer: null });
  });

  it('is told again on request, without its e-mail address', async () => {
    const mina = await auth.signUp();
    await auth.domain.database.query("INSERT INTO events.snapshot_run (source) VALUES ('account')");
    await expect
      .poll(async () => (await auth.events(mina.id)).at(-1), { timeout: 10_000 })
      .toMatchObject({ type: 'account.snapshot', data: { accountId: mina.id, roles: ['MEMBER'] } });
    expect(JSON.stringify(await auth.events(mina.id))).not.toContain('@');
  });
});

describe('a caller that is not the router', () => {
  it.each([{}, { 'x-router-secret': '' }, { 'x-router-secret': 'guess' }])('is refused with %j', async (headers) => {
    const body = JSON.stringify({ query: '{ __typename }' });
    const answer = await fetch(`${auth.domain.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(headers as Record<string, string>) },
      body,
    });
    expect(answer.status).toBe(403);
  });
});
