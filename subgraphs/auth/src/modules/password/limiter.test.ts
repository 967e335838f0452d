import { ServiceUnavailableError } from '@community/kit/service-client';
import { describe, expect, it } from 'vitest';
import { createLimiter } from './limiter.ts';

function manual() {
  const releases: (() => void)[] = [];
  const state = { running: 0, most: 0 };
  return {
    state,
    releases,
    work: async () => {
      state.running += 1;
      state.most = Math.max(state.most, state.running);
      await new Promise<void>((resolve) => releases.push(resolve));
      state.running -= 1;
    },
  };
}

describe('a limiter', () => {
  it('runs so many at once, the rest in order, and all in the end', async () => {
    const { state, releases, work } = manual();
    const limit = createLimiter(2, 10);
    const done: number[] = [];
    const all = [0, 1, 2, 3, 4].map((n) => limit(work).then(() => done.push(n)));
    for (let n = 0; n < 5; n += 1) {
      await expect.poll(() => releases.length).toBeGreaterThan(0);
      releases.shift()?.();
      await expect.poll(() => done.length).toBe(n + 1);
    }
    await Promise.all(all);
    expect(state.most).toBe(2);
    expect(done).toEqual([0, 1, 2, 3, 4]);
  });

  it('refuses what would wait too long, and takes work again later', async () => {
    const { releases, work } = manual();
    const limit = createLimiter(1, 1);
    const accepted = [limit(work), limit(work)];
    await expect(limit(work)).rejects.toBeInstanceOf(ServiceUnavailableError);
    releases.shift()?.();
    await expect.poll(() => releases.length).toBe(1);
    releases.shift()?.();
    await Promise.all(accepted);
    expect(await limit(async () => 'done')).toBe('done');
  });

  it('goes on after work that failed', async () => {
    const limit = createLimiter(1, 5);
    const failed = limit(async () => {
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect(await limit(async () => 'done')).toBe('done');
  });
});
