import { readFileSync, statSync } from 'node:fs';
import { ConfigError } from '@community/kit/config';
import type { Logger } from '@community/kit/log';
import { buildASTSchema, parse } from 'graphql';

/** The supergraph in a file that others replace: always the last one that was good. */
export interface SupergraphFile {
  current(): string;
}

/** @returns the SDL @throws Error saying what is wrong with it as a supergraph */
export function checkSupergraph(sdl: string): string {
  const document = parse(sdl, { noLocation: true });
  const joined = document.definitions.some(
    (definition) => definition.kind === 'EnumTypeDefinition' && definition.name.value === 'join__Graph',
  );
  if (!joined) throw new Error('it is not a composed supergraph: compose one by npm run compose');
  buildASTSchema(document, { assumeValidSDL: true });
  return sdl;
}

/**
 * Opens a supergraph file. A later version that cannot be read or does not parse is reported once, and the last good
 * one stays in service.
 * @throws ConfigError when there is no good one to begin with
 */
export function openSupergraph(path: string, log: Pick<Logger, 'info' | 'error'>): SupergraphFile {
  const stamp = () => {
    const { mtimeMs, size, ino } = statSync(path);
    return `${mtimeMs} ${size} ${ino}`;
  };
  let seen: string;
  let good: string;
  try {
    seen = stamp();
    good = checkSupergraph(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new ConfigError(
      `SUPERGRAPH_PATH: ${path} cannot be used: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  return {
    current() {
      try {
        const now = stamp();
        if (now === seen) return good;
        seen = now;
        const next = checkSupergraph(readFileSync(path, 'utf8'));
        if (next !== good) log.info({ path }, 'a new supergraph is in service');
        good = next;
      } catch (error) {
        log.error({ err: error, path }, 'the new supergraph cannot be used; the last good one stays in service');
      }
      return good;
    },
  };
}
