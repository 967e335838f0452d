import { afterAll, beforeAll } from 'vitest';
import type { TestPlatform } from './platform.ts';

const STARTS_WITHIN_MS = 90_000;

/**
 * One platform for all cases of a suite.
 * @param setUp makes what the cases share
 * @returns what runs; there is none before the first test
 */
export function usePlatform(
  start: () => Promise<TestPlatform>,
  setUp: (platform: TestPlatform) => Promise<void> = async () => {},
): () => TestPlatform {
  let platform: TestPlatform;
  beforeAll(async () => {
    platform = await start();
    await setUp(platform);
  }, STARTS_WITHIN_MS);
  afterAll(() => platform?.[Symbol.asyncDispose]());
  return () => platform;
}
