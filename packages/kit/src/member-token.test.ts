import { generateKeyPairSync } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { describe, expect, it } from 'vitest';
import { newId } from './ids.ts';
import {
  ACCESS_TOKEN_SECONDS,
  createMemberTokenVerifier,
  hasExpired,
  TOKEN_AUDIENCE,
  TOKEN_ISSUER,
} from './member-token.ts';

function keyPair(kid: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { kid, privateKey, jwk: { ...publicKey.export({ format: 'jwk' }), kid, alg: 'ES256', use: 'sig' } };
}

function sign(key: ReturnType<typeof keyPair>, claims: object = {}, options: jwt.SignOptions = {}) {
  return jwt.sign(
    { sid: newId(), roles: ['MEMBER'], ...claims },
    key.privateKey.export({ type: 'pkcs8', format: 'pem' }),
    {
      algorithm: 'ES256',
      keyid: key.kid,
      issuer: TOKEN_ISSUER,
      audience: TOKEN_AUDIENCE,
      subject: newId(),
      expiresIn: ACCESS_TOKEN_SECONDS,
      ...options,
    },
  );
}

function setup() {
  const key = keyPair('one');
  const clock = { now: Date.now() };
  const published = { keys: [key.jwk], fetches: 0, down: false };
  const verifier = createMemberTokenVerifier({
    now: () => clock.now,
    async fetchJwks() {
      published.fetches += 1;
      if (published.down) throw new Error('connect ECONNREFUSED');
      return { keys: published.keys };
    },
  });
  return { key, clock, published, verifier };
}

describe('a member token', () => {
  it('names the member, her session and her roles', async () => {
    const { key, verifier } = setup();
    const [id, sid] = [newId(), newId()];
    const token = sign(key, { sid, roles: ['MEMBER', 'MODERATOR'] }, { subject: id });
    expect(await verifier.verify(token)).toEqual({ id, sessionId: sid, roles: ['MEMBER', 'MODERATOR'] });
  });

  it('is refused when it is forged, unsigned, for somebody else or not a token', async () => {
    const { key, verifier } = setup();
    const other = keyPair('one');
    const header = (fields: object) => Buffer.from(JSON.stringify(fields)).toString('base64url');
    const payload = sign(key).split('.')[1];
    const hmac = jwt.sign({ sid: newId(), roles: [] }, JSON.stringify(key.jwk), {
      algorithm: 'HS256',
      keyid: 'one',
      issuer: TOKEN_ISSUER,
      audience: TOKEN_AUDIENCE,
      subject: newId(),
      expiresIn: 60,
    });
    const forged = [
      sign(other),
      sign(key, {}, { issuer: 'someone-else' }),
      sign(key, {}, { audience: 'something-else' }),
      sign(key, { roles: ['EMPEROR'] }),
      sign(key, {}, { subject: 'not-an-id' }),
      `${header({ alg: 'none', kid: 'one' })}.${payload}.`,
      hmac,
      `${header({ alg: 'ES256', kid: 'one', typ: 'JWT' })}.${Buffer.from('no JSON').toString('base64url')}.AAAA`,
      'x',
      '',
    ];
    for (const token of forged) {
      expect(await verifier.verify(token), token).toBeNull();
      expect(hasExpired(token), token).toBe(false);
    }
  });

  it('is good for ten minutes, also when it was verified before', async () => {
    const { key, clock, verifier } = setup();
    const token = sign(key);
    expect(await verifier.verify(token)).not.toBeNull();
    clock.now += ACCESS_TOKEN_SECONDS * 1000 + 1000;
    expect(await verifier.verify(token)).toBeNull();
  });

  it('ends with its session at once, and other sessions go on', async () => {
    const { key, verifier } = setup();
    const sid = newId();
    const [ended, other] = [sign(key, { sid }), sign(key)];
    await verifier.verify(ended);
    verifier.endSession(sid);
    expect(await verifier.verify(ended)).toBeNull();
    expect(await verifier.verify(sign(key, { sid }))).toBeNull();
    expect(await verifier.verify(other)).not.toBeNull();
  });

  it('ends with all sessions of a member, and one issued later is good', async () => {
    const { key, clock, verifier } = setup();
    const id = newId();
    const before = sign(key, {}, { subject: id });
    verifier.endAllSessionsOf(id);
    expect(await verifier.verify(before)).toBeNull();
    clock.now += 2_000;
    const later = sign(key, { iat: Math.floor(clock.now / 1000) }, { subject: id });
    expect(await verifier.verify(later)).not.toBeNull();
  });

  it('of a key that was added later is good after one more fetch, and unknown keys do not cause a fetch each', async () => {
    const { key, clock, published, verifier } = setup();
    await verifier.verify(sign(key));
    const second = keyPair('two');
    published.keys.push(second.jwk);
    clock.now += 6_000;
    expect(await verifier.verify(sign(second))).not.toBeNull();
    const fetches = published.fetches;
    for (let i = 0; i < 20; i += 1) await verifier.verify(sign(keyPair(`unknown-${i}`)));
    expect(published.fetches).toBeLessThanOrEqual(fetches + 1);
  });

  it('is still verified while auth does not answer', async () => {
    const { key, clock, published, verifier } = setup();
    await verifier.verify(sign(key));
    published.down = true;
    clock.now += 6 * 60_000;
    expect(await verifier.verify(sign(key, { iat: Math.floor(clock.now / 1000) }))).not.toBeNull();
  });
});
