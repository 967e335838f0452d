import { describe, expect, it } from 'vitest';
import { nextDigest } from './digest-time.ts';

const next = (digest: 'DAILY' | 'WEEKLY', digestHour: number, timeZone: string, after: string) =>
  nextDigest({ digest, digestHour, timeZone }, new Date(after))?.toISOString();

describe('the next digest', () => {
  it.each([
    ['DAILY', 9, 'Asia/Seoul', '2026-11-25T23:59:00Z', '2026-11-26T00:00:00.000Z'],
    ['DAILY', 9, 'Asia/Seoul', '2026-11-26T00:00:00Z', '2026-11-27T00:00:00.000Z'],
    ['DAILY', 0, 'UTC', '2026-11-26T00:10:00Z', '2026-11-27T00:00:00.000Z'],
    ['DAILY', 6, 'Asia/Kathmandu', '2026-11-26T00:00:00Z', '2026-11-26T00:15:00.000Z'],
    ['WEEKLY', 8, 'Europe/Berlin', '2026-11-26T12:00:00Z', '2026-11-30T07:00:00.000Z'],
    ['WEEKLY', 1, 'Asia/Seoul', '2026-11-26T12:00:00Z', '2026-11-29T16:00:00.000Z'],
  ] as const)('%s at %i in %s after %s is at %s', (digest, hour, zone, after, at) => {
    expect(next(digest, hour, zone, after)).toBe(at);
  });

  it('is not lost with an hour that summer time skips, and comes once in one that it repeats', () => {
    expect(next('DAILY', 2, 'Europe/Berlin', '2026-03-28T12:00:00Z')).toBe('2026-03-29T01:00:00.000Z');
    expect(next('DAILY', 2, 'Europe/Berlin', '2026-10-24T12:00:00Z')).toBe('2026-10-25T00:00:00.000Z');
    expect(next('DAILY', 2, 'Europe/Berlin', '2026-10-25T00:00:00Z')).toBe('2026-10-26T01:00:00.000Z');
  });

  it('never comes for who wants none', () => {
    expect(nextDigest({ digest: 'OFF', digestHour: 9, timeZone: 'UTC' }, new Date())).toBeNull();
  });
});
