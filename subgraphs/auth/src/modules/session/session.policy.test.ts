import { describe, expect, it } from 'vitest';
import { secondsAfter } from '../../clock.ts';
import { idleEnd, judgeRefresh } from './session.policy.ts';
import type { FoundToken } from './session.ts';

const now = new Date('2026-03-01T00:00:00Z');
const later = secondsAfter(now, 3600);
const found: FoundToken = {
  sessionId: 's',
  accountId: 'a',
  generation: 7,
  currentGeneration: 7,
  rotatedAt: secondsAfter(now, -600),
  tokenExpiresAt: later,
  sessionExpiresAt: later,
  ended: false,
};
const justRotated = { currentGeneration: 8, rotatedAt: secondsAfter(now, -10) };

describe('a refresh token that is presented', () => {
  it.each<[string, Partial<FoundToken>, ReturnType<typeof judgeRefresh>]>([
    ['the current one', {}, 'ROTATE'],
    ['the one before, ten seconds after', justRotated, 'REPEAT'],
    ['the one before, later', { ...justRotated, rotatedAt: secondsAfter(now, -11) }, 'REUSED'],
    ['one before that, at once', { currentGeneration: 9, rotatedAt: now }, 'REUSED'],
    ['the current one of an ended session', { ended: true }, 'INVALID'],
    ['an old one of an ended session', { ...justRotated, ended: true }, 'INVALID'],
    ['one that was not used for too long', { tokenExpiresAt: now }, 'INVALID'],
    ['one of a session that is too old', { sessionExpiresAt: now }, 'INVALID'],
    ['an old one that has expired by itself', { currentGeneration: 90, tokenExpiresAt: now }, 'INVALID'],
  ])('%s', (_, state, verdict) => {
    expect(judgeRefresh({ ...found, ...state }, now)).toBe(verdict);
  });
});

describe('a session', () => {
  it('ends after thirty days without use, and never after ninety', () => {
    const day = (n: number) => secondsAfter(now, n * 86_400);
    expect(idleEnd(now, day(90))).toEqual(day(30));
    expect(idleEnd(day(70), day(90))).toEqual(day(90));
  });
});
