import { randomBytes } from 'node:crypto';
import type { Key } from '../modules/key/key.policy.ts';

const SESSIONS = 1_000;
const HOURS_MS = 12 * 3_600_000;
const ATTEMPTS = 20;
const MINUTE_MS = 60_000;

/**
 * Who is signed in, in memory: a session is a random cookie that stands for a key. The key is looked up with every
 * request, so one that is revoked signs out at once.
 */
export function createSessions(authenticate: (token: string) => Key | null) {
  const sessions = new Map<string, { token: string; till: number }>();
  const attempts = new Map<string, { count: number; till: number }>();

  return {
    /** @returns the cookie's value */
    open(token: string): string {
      const id = randomBytes(32).toString('base64url');
      sessions.set(id, { token, till: Date.now() + HOURS_MS });
      for (const oldest of [...sessions.keys()].slice(0, -SESSIONS)) sessions.delete(oldest);
      return id;
    },
    keyOf(id: string | undefined): Key | null {
      const session = id === undefined ? undefined : sessions.get(id);
      if (!session || session.till < Date.now()) return null;
      return authenticate(session.token);
    },
    close(id: string | undefined): void {
      if (id !== undefined) sessions.delete(id);
    },
    /** Counts an attempt to sign in. @returns whether it is one too many */
    isOneTooMany(address: string): boolean {
      const now = Date.now();
      if (attempts.size > 10_000) attempts.clear();
      const known = attempts.get(address);
      const entry = known && known.till > now ? known : { count: 0, till: now + MINUTE_MS };
      entry.count += 1;
      attempts.set(address, entry);
      return entry.count > ATTEMPTS;
    },
  };
}
