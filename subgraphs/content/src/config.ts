import { readFileSync } from 'node:fs';
import { ConfigError, readConfig } from '@community/kit/config';
import { z } from 'zod';
import { createBannedWords, readWords } from './modules/validation/banned-words.ts';
import { DEFAULT_WORDS } from './modules/validation/default-words.ts';

/** What this domain alone reads of the environment. @throws ConfigError when it cannot be used */
export function readContentConfig(env: NodeJS.ProcessEnv) {
  const config = readConfig(
    {
      BANNED_WORDS_FILE: z.string().optional(),
      RATE_LIMITS: z.enum(['default', 'test']).default('default'),
    },
    env,
  );
  return {
    bannedWords: createBannedWords(readBannedWords(config.BANNED_WORDS_FILE)),
    limited: config.RATE_LIMITS === 'default',
  };
}

function readBannedWords(file: string | undefined) {
  try {
    return readWords(file === undefined ? DEFAULT_WORDS : readFileSync(file, 'utf8'));
  } catch (error) {
    throw new ConfigError(
      `configuration: BANNED_WORDS_FILE is not usable: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
