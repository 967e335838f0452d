import { createHash } from 'node:crypto';

export type Kind = 'member' | 'board' | 'post' | 'comment';

/** The id that something of an import has here, by its kind and its id there. */
export type ImportIds = (kind: Kind, sourceId: string) => string;

/** The source of an import that is not told: right for a platform into which one community is imported. */
export const DEFAULT_SOURCE = 'import';

/** Of this platform's imports alone, so that the names below mean nothing elsewhere. */
const NAMESPACE = Buffer.from('6f0c1d0e3b7a4d5c9a41c0ffee5eed01', 'hex');

/**
 * Ids of one source's things: the same for the same id there, in every domain and every run. UUIDs of version 5 (RFC 9562,
 * section 5.5) of source, kind and id.
 * @param source the community that is imported; two of them may call different things by one id
 */
export function importIds(source: string): ImportIds {
  return (kind, sourceId) => {
    const name = `${source}\n${kind}\n${sourceId}`;
    const bytes = createHash('sha1').update(NAMESPACE).update(name).digest().subarray(0, 16);
    bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
    bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
    return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  };
}
