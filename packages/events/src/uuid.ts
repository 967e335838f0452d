import { randomFillSync } from 'node:crypto';

const BYTES = 16;
/** Random bytes for many ids: asking for a few costs as much as for thousands. */
const pool = Buffer.alloc(BYTES * 256);
let used = pool.length;

/** A new UUIDv7 (RFC 9562, section 5.7): sorts by the time it was made at. */
export function newId(now: number = Date.now()): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const bytes = pool.subarray(used, used + BYTES);
  used += BYTES;
  bytes.writeUIntBE(now, 0, 6);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
