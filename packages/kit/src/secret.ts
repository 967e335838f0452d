import { createHash, timingSafeEqual } from 'node:crypto';

const digest = (text: string) => createHash('sha256').update(text).digest();
/** The expected secret that was asked for last: the one of the configuration, nearly always. */
let last = { secret: '', digest: digest('') };

function digestOfExpected(secret: string): Buffer {
  if (last.secret !== secret) last = { secret, digest: digest(secret) };
  return last.digest;
}

/** Compares a secret that a caller sent with the expected one, in time that does not depend on either. */
export function secretsMatch(given: string | undefined, expected: string): boolean {
  if (given === undefined) return false;
  return timingSafeEqual(digest(given), digestOfExpected(expected));
}
