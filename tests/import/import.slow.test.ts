import { randomInt } from 'node:crypto';
import { randomFrom } from '@community/import/generate/random';
import { expect, it } from 'vitest';
import { communityFolder, importWholeAndKilled } from './import-run.ts';

const WRITTEN = { posts: 4_000, comments: 12_000, likes: 12_000, bookmarks: 8_000 };
const SIZE = { members: 1_500, boards: 5, ...WRITTEN, follows: 8_000, seed: 3 };
const KILLS = 10;
const seed = randomInt(1_000_000);

it(`an import that is killed ten times and resumed makes the same databases as one that was not (seed ${seed})`, async () => {
  using folder = communityFolder(SIZE);
  const { kills, last, whole, killed } = await importWholeAndKilled(folder.path, KILLS, randomFrom(seed));
  expect(last).toMatchObject({ code: 0 });
  expect(kills).toBe(KILLS);
  expect(killed).toEqual(whole);
}, 900_000);
