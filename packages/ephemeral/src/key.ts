import { createHash } from 'node:crypto';

const LONGEST = 200;

/**
 * One key of several parts, different for different parts whatever they hold. Long ones, and those that UTF-8 cannot
 * carry (half of a surrogate pair), go by their hash.
 */
export function keyOf(...parts: readonly string[]): string {
  return parts
    .map((part) =>
      part.length > LONGEST || /\p{Surrogate}/u.test(part)
        ? `#${createHash('sha256').update(JSON.stringify(part)).digest('hex')}`
        : part.replaceAll(/[%:#]/g, encodeURIComponent),
    )
    .join(':');
}
