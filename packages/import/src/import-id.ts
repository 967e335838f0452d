import { createHash } from 'node:crypto';

export type Kind = 'member' | 'board' | 'post' | 'comment';

/**
 * The id that something of an import has here: the same for the same source id, in every domain and every run. A UUID of
 * version 8 (RFC 9562, section 5.8) made of a hash of both.
 */
export function importId(kind: Kind, sourceId: string): string {
  const bytes = createHash('sha256').update(`${kind}\n${sourceId}`).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
