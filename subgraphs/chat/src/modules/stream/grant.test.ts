import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createGrants, TERM_MS, termEnd } from './grant.ts';

const grants = createGrants(randomBytes(32));
const grant = { roomId: randomUUID(), holder: { cohort: 3 }, epoch: 7, expiresAt: 2_000 };

describe('a grant', () => {
  it('is the same text for all who may see the same, and says what it is about', () => {
    expect(grants.write({ ...grant })).toBe(grants.write(grant));
    expect(grants.read(grants.write(grant), 1_999)).toEqual(grant);
    const own = { ...grant, holder: { memberId: randomUUID() } };
    expect(grants.read(grants.write(own), 0)).toEqual(own);
  });

  it('is nothing when it is over, forged or something else', () => {
    const text = grants.write(grant);
    const [body = '', signature = ''] = text.split('.');
    const other = Buffer.from(Buffer.from(body, 'base64url').toString().replace('.c3.', '.c4.')).toString('base64url');
    expect(grants.read(text, 2_000)).toBeNull();
    expect(createGrants(randomBytes(32)).read(text, 0)).toBeNull();
    for (const forged of [
      `${other}.${signature}`,
      body,
      `${body}.`,
      `${body}.${'A'.repeat(43)}`,
      '',
      '.',
      'x'.repeat(9_999),
    ])
      expect(grants.read(forged, 0)).toBeNull();
  });

  it('holds for one to two terms, and ends at the same moment for all who ask within a term', () => {
    const ends = Array.from({ length: 10 }, (_, step) => {
      const now = 1_000_000_000 + (step * TERM_MS) / 4;
      const end = termEnd(grant.roomId, grant.holder, now);
      expect(end - now).toBeGreaterThan(TERM_MS - 1);
      expect(end - now).toBeLessThanOrEqual(2 * TERM_MS);
      return end;
    });
    expect(new Set(ends).size).toBeLessThanOrEqual(4);
    expect(termEnd(grant.roomId, { cohort: 4 }, 1_000_000_000)).not.toBe(ends[0]);
  });
});
