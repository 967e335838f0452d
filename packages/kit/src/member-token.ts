import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { z } from 'zod';
import { type Member, ROLES } from './member.ts';
import { scopesOf } from './scopes.ts';

export const TOKEN_ISSUER = 'community';
export const TOKEN_AUDIENCE = 'community';
/** How long an access token is good for, in seconds. */
export const ACCESS_TOKEN_SECONDS = 600;

const REMEMBERED_TOKENS = 20_000;
const JWKS_RETRY_MS = 5_000;
const JWKS_MAX_AGE_MS = 5 * 60_000;

const claimsSchema = z.object({
  sub: z.uuid(),
  sid: z.uuid(),
  roles: z.array(z.enum(ROLES)),
  exp: z.number(),
  scope: z.string().optional(),
});
const jwksSchema = z.object({
  keys: z.array(z.looseObject({ kid: z.string(), kty: z.literal('EC'), crv: z.literal('P-256') })),
});

export interface MemberTokenVerifier {
  /** The member of a valid token, or null for one that is malformed, forged, expired or of an ended session. */
  verify(token: string): Promise<Member | null>;
  /**
   * Verifies a token, as `verify` does, for work that belongs to the session and outlives the token.
   * @param onEnd called once when the session or all of the member's sessions end; never after `stop`
   */
  follow(token: string, onEnd: () => void): Promise<{ readonly member: Member; stop(): void } | null>;
  /** Refuses all tokens of a session from now on. */
  endSession(sessionId: string): void;
  /** Refuses all tokens of a member that were issued so far. */
  endAllSessionsOf(memberId: string): void;
}

interface Verified {
  readonly member: Member;
  readonly issuedAt: number;
}

interface Follower extends Verified {
  readonly onEnd: () => void;
}

/** The claims of a token, unverified; none of what is no token. */
function claimsIn(token: string): jwt.JwtPayload {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.', 2)[1] ?? '', 'base64url').toString());
    return typeof claims === 'object' && claims !== null ? claims : {};
  } catch {
    return {};
  }
}

/** @returns nothing of what is no token: the library throws where the claims of one are no JSON */
function headerOf(token: string): jwt.JwtHeader | undefined {
  try {
    return jwt.decode(token, { complete: true })?.header;
  } catch {
    return undefined;
  }
}

/**
 * Verifies members' access tokens (ES256 JWTs, RFC 7519) with the public keys that auth publishes (JWKS, RFC 7517).
 * A verified token is remembered by its hash until it expires, because one ES256 verification costs about 150 µs.
 * Keys are kept when auth cannot be reached, and fetched again when they are old or a token names an unknown one.
 */
export function createMemberTokenVerifier(options: {
  fetchJwks: () => Promise<unknown>;
  now?: () => number;
  onError?: (error: unknown) => void;
}): MemberTokenVerifier {
  const now = options.now ?? Date.now;
  const remembered = new Map<string, { member: Member; issuedAt: number; expiresAt: number }>();
  const endedSessions = new Map<string, number>();
  const endedMembers = new Map<string, number>();
  const followers = new Map<string, Set<Follower>>();
  let keys = new Map<string, KeyObject>();
  let fetchedAt = Number.NEGATIVE_INFINITY;
  let triedAt = Number.NEGATIVE_INFINITY;
  let fetching: Promise<void> | null = null;

  async function refreshKeys(): Promise<void> {
    triedAt = now();
    try {
      const { keys: published } = jwksSchema.parse(await options.fetchJwks());
      keys = new Map(published.map((jwk) => [jwk.kid, createPublicKey({ key: jwk, format: 'jwk' })]));
      fetchedAt = now();
    } catch (error) {
      options.onError?.(error);
    }
  }

  async function keyFor(kid: string): Promise<KeyObject | undefined> {
    const wanted = !keys.has(kid) || now() - fetchedAt > JWKS_MAX_AGE_MS;
    if (wanted && now() - triedAt > (fetchedAt === Number.NEGATIVE_INFINITY ? 250 : JWKS_RETRY_MS)) {
      fetching ??= refreshKeys().finally(() => {
        fetching = null;
      });
    }
    if (fetching && !keys.has(kid)) await fetching;
    return keys.get(kid);
  }

  function isEnded(member: Member, issuedAt: number): boolean {
    return endedSessions.has(member.sessionId) || issuedAt <= (endedMembers.get(member.id) ?? Number.NEGATIVE_INFINITY);
  }

  function forgetOld<V>(map: Map<string, V>, expired: (value: V) => boolean): void {
    for (const [key, value] of map) if (expired(value)) map.delete(key);
  }

  async function verified(token: string): Promise<Verified | null> {
    const hash = createHash('sha256').update(token).digest('base64');
    const known = remembered.get(hash);
    if (known) return known.expiresAt > now() && !isEnded(known.member, known.issuedAt) ? known : null;
    const header = headerOf(token);
    if (header?.alg !== 'ES256' || !header.kid) return null;
    const key = await keyFor(header.kid);
    if (!key) return null;
    try {
      const payload = jwt.verify(token, key, {
        algorithms: ['ES256'],
        issuer: TOKEN_ISSUER,
        audience: TOKEN_AUDIENCE,
        clockTimestamp: Math.floor(now() / 1000),
      });
      const claims = claimsSchema.parse(payload);
      const scopes = scopesOf(claims.scope);
      const member: Member = { id: claims.sub, sessionId: claims.sid, roles: claims.roles, ...(scopes && { scopes }) };
      const expiresAt = claims.exp * 1000;
      const issuedAt = expiresAt - ACCESS_TOKEN_SECONDS * 1000;
      if (isEnded(member, issuedAt)) return null;
      if (remembered.size >= REMEMBERED_TOKENS) forgetOld(remembered, (entry) => entry.expiresAt <= now());
      if (remembered.size >= REMEMBERED_TOKENS) remembered.clear();
      const entry = { member, issuedAt, expiresAt };
      remembered.set(hash, entry);
      return entry;
    } catch {
      return null;
    }
  }

  function stopFollowing(follower: Follower): boolean {
    const { sessionId } = follower.member;
    const ofSession = followers.get(sessionId);
    const was = ofSession?.delete(follower) ?? false;
    if (ofSession?.size === 0) followers.delete(sessionId);
    return was;
  }

  function tellEnded(ended: Iterable<Follower>): void {
    for (const follower of [...ended])
      if (isEnded(follower.member, follower.issuedAt) && stopFollowing(follower)) follower.onEnd();
  }

  return {
    verify: async (token) => (await verified(token))?.member ?? null,
    async follow(token, onEnd) {
      const found = await verified(token);
      // The session may have ended since it was looked at.
      if (!found || isEnded(found.member, found.issuedAt)) return null;
      const { member, issuedAt } = found;
      const follower: Follower = { member, issuedAt, onEnd };
      const ofSession = followers.get(member.sessionId) ?? new Set();
      followers.set(member.sessionId, ofSession.add(follower));
      return { member, stop: () => void stopFollowing(follower) };
    },
    endSession(sessionId) {
      // After the longest life of a token the session's tokens have expired by themselves.
      forgetOld(endedSessions, (until) => until < now());
      endedSessions.set(sessionId, now() + ACCESS_TOKEN_SECONDS * 1000);
      tellEnded(followers.get(sessionId) ?? []);
    },
    endAllSessionsOf(memberId) {
      forgetOld(endedMembers, (endedAt) => endedAt + ACCESS_TOKEN_SECONDS * 1000 < now());
      endedMembers.set(memberId, now());
      const ofMember = [...followers.values()].flatMap((ofSession) =>
        [...ofSession].filter((follower) => follower.member.id === memberId),
      );
      tellEnded(ofMember);
    },
  };
}

/** Whether a token says of itself that it has expired. Nothing is verified: it only tells a stale token from none. */
export function hasExpired(token: string, now: number = Date.now()): boolean {
  const { exp } = claimsIn(token);
  return exp !== undefined && exp * 1000 <= now;
}

/** Whose token it says it is. Nothing is verified: it may decide only what a member could as well ask for. */
export function memberIdIn(token: string): string | undefined {
  return claimsIn(token).sub;
}
