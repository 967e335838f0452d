import { describe, expect, it } from 'vitest';
import { PARTITIONS } from '../bus.ts';
import { partitionOf, sharesOf } from './partitions.ts';

describe('partitions', () => {
  it.each([1, 2, 3, 8, 11])('are shared by %d members so that each is read by exactly one', (count) => {
    const members = Array.from({ length: count }, (_, i) => `member-${i}`);
    const shares = members.flatMap((member) => sharesOf(member, members));
    expect(shares.sort((a, b) => a - b)).toEqual(Array.from({ length: PARTITIONS }, (_, i) => i));
  });

  it('of a key never change', () => {
    expect(partitionOf('0197f1de-0000-7000-8000-000000000000')).toBe(
      partitionOf('0197f1de-0000-7000-8000-000000000000'),
    );
    expect(new Set(Array.from({ length: 200 }, (_, i) => partitionOf(`key-${i}`))).size).toBe(PARTITIONS);
  });
});
