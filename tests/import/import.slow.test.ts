import { randomFrom } from '@community/import/generate/random';
import { expect, it } from 'vitest';
import { communityFolder, startImport } from './import-run.ts';

const SIZE = { members: 1_500, boards: 5, posts: 4_000, comments: 12_000, likes: 12_000, follows: 8_000, seed: 3 };
const KILLS = 10;

it('that is killed ten times and resumed makes the same databases as one that was not', async () => {
  using folder = communityFolder(SIZE);
  await using whole = await startImport();
  const start = performance.now();
  expect((await whole.run(folder.path)).code).toBe(0);
  const ms = performance.now() - start;
  await using broken = await startImport();
  const random = randomFrom(Date.now());
  let kills = 0;
  while (kills < KILLS) {
    // Early enough that there is something left for the last one.
    const { code } = await broken.run(folder.path, { killedAfterMs: (0.1 + 0.3 * random()) * ms });
    if (code === 0) break;
    kills += 1;
  }
  expect(kills).toBeGreaterThanOrEqual(5);
  expect((await broken.run(folder.path)).code).toBe(0);
  expect(await broken.contents()).toEqual(await whole.contents());
}, 300_000);
