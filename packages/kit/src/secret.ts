import { createHash, timingSafeEqual } from 'node:crypto';

/** Compares a secret that a caller sent with the expected one, in time that does not depend on either. */
export function secretsMatch(given: string | undefined, expected: string): boolean {
  if (given === undefined) return false;
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
