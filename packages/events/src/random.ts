import { randomFillSync } from 'node:crypto';

/** Asking for a few bytes costs as much as for thousands. */
const supply = Buffer.alloc(4_096);
let used = supply.length;

/**
 * Random bytes of the system's generator, for ids.
 * @param count at most 4,096
 * @returns bytes of the caller's own
 */
export function randomBytes(count: number): Buffer {
  if (used + count > supply.length) {
    randomFillSync(supply);
    used = 0;
  }
  used += count;
  return Buffer.from(supply.subarray(used - count, used));
}
