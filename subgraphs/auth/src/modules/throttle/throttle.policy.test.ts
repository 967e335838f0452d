import { describe, expect, it } from 'vitest';
import { secondsAfter } from '../../clock.ts';
import {
  ACCOUNT_POLICY,
  ADDRESS_POLICY,
  countTry,
  delayAfter,
  secondsToWait,
  type Tries,
  WINDOW_SECONDS,
} from './throttle.policy.ts';

const start = new Date('2026-03-01T09:00:00Z');

describe('the wait after failed tries', () => {
  it.each([
    [0, 0],
    [4, 0],
    [5, 1],
    [6, 2],
    [7, 4],
    [10, 32],
    [14, 512],
    [15, 900],
    [5000, 900],
  ])('of one account: %d failures cost %d seconds', (failures, seconds) => {
    expect(delayAfter(ACCOUNT_POLICY, failures)).toBe(seconds);
  });

  it.each([
    [49, 0],
    [50, 1],
    [60, 900],
  ])('of one address: %d failures cost %d seconds', (failures, seconds) => {
    expect(delayAfter(ADDRESS_POLICY, failures)).toBe(seconds);
  });

  it('counts down, and ends', () => {
    const tries: Tries = { failures: 7, lastTryAt: start, blockedUntil: secondsAfter(start, 4) };
    expect(secondsToWait(tries, start)).toBe(4);
    expect(secondsToWait(tries, secondsAfter(start, 3.5))).toBe(1);
    expect(secondsToWait(tries, secondsAfter(start, 4))).toBe(0);
    expect(secondsToWait(null, start)).toBe(0);
  });

  it('lets somebody who tries as fast as she may have about a hundred guesses a day', () => {
    let tries: Tries | null = null;
    let now = start;
    let guesses = 0;
    while (now < secondsAfter(start, 86_400)) {
      tries = countTry(ACCOUNT_POLICY, tries, now);
      guesses += 1;
      now = tries.blockedUntil ?? now;
    }
    expect(guesses).toBeLessThan(120);
  });

  it('is forgotten after an hour without a failure, and not before', () => {
    const tries: Tries = { failures: 9, lastTryAt: start, blockedUntil: null };
    expect(countTry(ACCOUNT_POLICY, tries, secondsAfter(start, WINDOW_SECONDS - 1)).failures).toBe(10);
    expect(countTry(ACCOUNT_POLICY, tries, secondsAfter(start, WINDOW_SECONDS)).failures).toBe(1);
  });
});
