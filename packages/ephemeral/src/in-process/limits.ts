import type { Ephemeral, RateDecision } from '../ephemeral.ts';
import { keyOf } from '../key.ts';
import { ExpiringMap } from './expiring-map.ts';

const MOST_WINDOWS = 100_000;

/** Says what a count means. @param count of the calls in the window, this one too */
export function decide(points: number, count: number, milliseconds: number): RateDecision {
  return {
    allowed: count <= points,
    limit: points,
    remaining: Math.max(0, points - count),
    resetSeconds: Math.max(1, Math.ceil(milliseconds / 1000)),
  };
}

/** Counts calls in this process. */
export function createLimits(): Pick<Ephemeral, 'consume'> {
  const counts = new ExpiringMap<number>(MOST_WINDOWS);
  return {
    async consume(key, { points, seconds }) {
      const name = keyOf(String(seconds), key);
      const window = counts.get(name) ?? { value: 0, milliseconds: seconds * 1000 };
      const count = window.value + 1;
      counts.set(name, count, window.milliseconds);
      return decide(points, count, window.milliseconds);
    },
  };
}
