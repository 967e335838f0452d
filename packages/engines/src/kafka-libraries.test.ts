import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { EngineUnavailableError } from './engine.ts';
import { kafkaLibraries } from './kafka-libraries.ts';

it('says what to install where there is no Maven, and leaves no half-filled cache', async () => {
  const cache = mkdtempSync(path.join(tmpdir(), 'community-cache-'));
  const attempt = kafkaLibraries({ PATH: cache, XDG_CACHE_HOME: cache });
  await expect(attempt).rejects.toThrow(EngineUnavailableError);
  await expect(attempt).rejects.toThrow('there is no `mvn`; install Maven');
  expect(readdirSync(path.join(cache, 'community-platform'))).toEqual([]);
  rmSync(cache, { recursive: true });
});
