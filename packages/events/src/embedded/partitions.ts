import { createHash } from 'node:crypto';
import { PARTITIONS } from '../bus.ts';

/** The partition of a key; the same for ever. */
export function partitionOf(key: string): number {
  return createHash('sha1').update(key).digest().readUInt32BE(0) % PARTITIONS;
}

/**
 * The partitions that a member of a group reads: every n-th, by its place among the members' sorted ids, so that all
 * members come to the same answer without asking each other.
 */
export function sharesOf(memberId: string, members: readonly string[]): number[] {
  const sorted = [...members].sort();
  const place = sorted.indexOf(memberId);
  if (place < 0) return [];
  return Array.from({ length: PARTITIONS }, (_, partition) => partition).filter(
    (partition) => partition % sorted.length === place,
  );
}
