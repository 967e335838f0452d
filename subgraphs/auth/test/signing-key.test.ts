import { ConfigError } from '@community/kit/config';
import { createMemberTokenVerifier } from '@community/kit/member-token';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAuth, type TestAuth } from './support.ts';

let auth: TestAuth;
beforeAll(async () => {
  auth = await startAuth();
});
afterAll(() => auth[Symbol.asyncDispose]());

const HOUR = 3600;
const DAY = 24 * HOUR;

interface Jwks {
  keys: { kid: string; [name: string]: string }[];
}

async function jwks(url: string): Promise<Jwks> {
  return (await fetch(`${url}/.well-known/jwks.json`)).json() as Promise<Jwks>;
}

/** The key that signed a token. */
function signedBy(token: string): string {
  return JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()).kid;
}

describe('the published keys', () => {
  it('are public parts of ES256 keys, may be cached, and are the ones that sign', async () => {
    const response = await fetch(`${auth.domain.url}/.well-known/jwks.json`);
    expect(response.headers.get('cache-control')).toBe('public, max-age=300');
    const { keys } = (await response.json()) as Jwks;
    expect(keys.map((key) => Object.keys(key).sort())).toEqual([['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']]);
    expect(keys[0]).toMatchObject({ alg: 'ES256', crv: 'P-256', kty: 'EC', use: 'sig' });
    expect(signedBy((await auth.signUp()).token)).toBe(keys[0]?.kid);
  });

  it('are stored encrypted', async () => {
    const { rows } = await auth.domain.database.query('SELECT encrypted_private_key AS key FROM signing_key');
    // The DER prefix of every PKCS #8 key on this curve.
    expect(rows.some(({ key }) => (key as Buffer).includes(Buffer.from('06082a8648ce3d030107', 'hex')))).toBe(false);
  });

  it('are the same on all instances, also when they start at the same moment', async () => {
    await using own = await startAuth();
    await own.domain.database.query('DELETE FROM signing_key');
    const instances = await Promise.all([own.another(), own.another(), own.another()]);
    try {
      const [first, ...others] = await Promise.all(instances.map(({ url }) => jwks(url)));
      expect(first?.keys).toHaveLength(1);
      for (const other of others) expect(other).toEqual(first);
    } finally {
      for (const instance of instances) await instance[Symbol.asyncDispose]();
    }
  });

  it('that another secret encrypted end a start with a line that says what to do', async () => {
    const start = auth.another({ KEY_ENCRYPTION_SECRET: 'some other secret of thirty-two characters' });
    await expect(start).rejects.toBeInstanceOf(ConfigError);
    await expect(start).rejects.toThrow(/KEY_ENCRYPTION_SECRET .* restore it/);
  });
});

describe('the rotation of keys', () => {
  it('lets tokens of both keys be good, and is known a day before and until the last token has expired', async () => {
    await using own = await startAuth();
    const { url } = own.domain;
    const verifier = createMemberTokenVerifier({ fetchJwks: () => jwks(url), now: () => own.now().getTime() });
    const member = await own.signUp();
    const signIn = async () => (await own.signIn(member)).session.accessToken;
    const [old] = (await jwks(url)).keys;

    own.pass(29 * DAY + HOUR);
    await using second = await own.another();
    const published = await jwks(second.url);
    expect(published.keys).toHaveLength(2);
    expect(await jwks(url)).toEqual(published);
    expect(signedBy(await signIn())).toBe(old?.kid);

    own.pass(24 * HOUR - 60);
    const before = await signIn();
    expect(signedBy(before)).toBe(old?.kid);
    own.pass(61);
    const after = await signIn();
    expect(signedBy(after)).toBe(published.keys.find(({ kid }) => kid !== old?.kid)?.kid);
    expect([await verifier.verify(before), await verifier.verify(after)]).toMatchObject([
      { id: member.id },
      { id: member.id },
    ]);

    own.pass(HOUR);
    await using third = await own.another();
    expect((await jwks(third.url)).keys.map(({ kid }) => kid)).toEqual([signedBy(after)]);
    expect(await verifier.verify(before)).toBeNull();
  });
});
