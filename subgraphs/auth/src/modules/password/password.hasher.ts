import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { createLimiter } from './limiter.ts';

export type PasswordHasher = ReturnType<typeof createPasswordHasher>;

/** Argon2id, 19 MiB, two passes, one lane (OWASP Password Storage Cheat Sheet). The library's default is Argon2id. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const CURRENT = `$argon2id$v=19$m=${PARAMETERS.memoryCost},t=${PARAMETERS.timeCost},p=${PARAMETERS.parallelism}$`;

/** Hashing runs on the threads that the process also needs for files, names and keys, and must leave them some. */
const CONCURRENCY = 2;
const MAX_WAITING = 200;

/** The same password typed on different systems: Hangul comes composed or decomposed (NIST SP 800-63B, section 5.1.1.2). */
function normalise(password: string): string {
  return password.normalize('NFKC');
}

/** Hashes and verifies passwords, a few at a time. */
export function createPasswordHasher() {
  const limit = createLimiter(CONCURRENCY, MAX_WAITING);
  const decoy = hash(randomBytes(32), PARAMETERS);

  return {
    /** @returns a hash in PHC string format. @throws ServiceUnavailableError when too many wait */
    hash: (password: string): Promise<string> => limit(() => hash(normalise(password), PARAMETERS)),

    /**
     * Whether the password is that of the hash. Without a hash it is verified against that of nobody's password, so that
     * the answer takes as long.
     * @throws ServiceUnavailableError when too many wait
     */
    verify: (password: string, passwordHash: string | null): Promise<boolean> =>
      limit(async () => {
        const matches = await verify(passwordHash ?? (await decoy), normalise(password));
        return matches && passwordHash !== null;
      }),

    /** Whether a hash was made by other parameters than today's. */
    isOutdated: (passwordHash: string): boolean => !passwordHash.startsWith(CURRENT),
  };
}
