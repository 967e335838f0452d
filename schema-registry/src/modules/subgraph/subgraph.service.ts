import type { CompositionFault } from '@community/rover/fault';
import { GraphQLError, parse } from 'graphql';
import { checkedSubgraphName, checkedVariantName, type GraphRef, printGraphRef } from '../../names.ts';
import { Refusal } from '../../refusal.ts';
import { hashOf } from '../document/document.store.ts';
import type { Composer } from '../launch/composer.ts';
import type { LaunchResult, LaunchService, SubgraphChange } from '../launch/launch.service.ts';
import type { Attribution, LaunchInput } from '../launch/launch.ts';
import type { VariantStore } from '../variant/variant.store.ts';

export const SDL_LIMIT = 4 * 1024 * 1024;
const SUBGRAPHS_LIMIT = 1_000;

/** Refuses SDL that nobody could compose with, before anything is written. @throws Refusal */
export function checkedSdl(name: string, sdl: string): void {
  checkedSize(name, sdl);
  try {
    parse(sdl, { noLocation: true });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const [at = { line: 1, column: 1 }] = error.locations ?? [];
    throw new Refusal(
      'BAD_INPUT',
      `The schema of "${name}" cannot be parsed: line ${at.line}, column ${at.column}: ${error.message}`,
    );
  }
}

/** Refuses SDL that is too long for anybody. @throws Refusal */
export function checkedSize(name: string, sdl: string): void {
  if (Buffer.byteLength(sdl) > SDL_LIMIT)
    throw new Refusal(
      'BAD_INPUT',
      `The schema of "${name}" has ${Buffer.byteLength(sdl)} bytes; at most ${SDL_LIMIT} are taken. Split the subgraph.`,
    );
}

function checkedUrl(name: string, url: string): void {
  // Names such as http://user/graphql that each router resolves are meant to work; so is none at all for a schema alone.
  if (url !== '' && (url.length > 2048 || !/^(https?|unix|wss?):\/\/\S+$/.test(url)))
    throw new Refusal('BAD_INPUT', `The routing URL of "${name}" is not an http or https URL: "${url.slice(0, 200)}".`);
}

const listed = (names: readonly string[]): string => names.join(', ');

export function createSubgraphService(tools: { variants: VariantStore; launches: LaunchService; composer: Composer }) {
  const { variants, launches, composer } = tools;

  function merged(ref: GraphRef, before: readonly LaunchInput[], changes: readonly SubgraphChange[]): LaunchInput[] {
    const inputs = new Map(before.map(({ name, url, sdlHash, revision }) => [name, { name, url, sdlHash, revision }]));
    for (const { name, url, sdl, revision } of changes) {
      const known = inputs.get(name);
      if (url === null && !known)
        throw new Refusal(
          'BAD_INPUT',
          `"${name}" is new in "${printGraphRef(ref)}": its first publish needs a routing URL (--routing-url).`,
        );
      inputs.set(name, { name, url: url ?? known?.url ?? null, sdlHash: hashOf(sdl), revision });
    }
    if (inputs.size > SUBGRAPHS_LIMIT)
      throw new Refusal('BAD_INPUT', `A variant has at most ${SUBGRAPHS_LIMIT} subgraphs.`);
    return [...inputs.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  return {
    /** Publishes one or several subgraphs in one launch. @throws Refusal when something cannot be used; nothing is written then */
    async publish(ref: GraphRef, changes: readonly SubgraphChange[], by: Attribution): Promise<LaunchResult> {
      checkedVariantName(ref.variant);
      if (changes.length === 0) throw new Refusal('BAD_INPUT', 'There is no subgraph to publish.');
      const names = changes.map(({ name }) => name);
      const twice = names.find((name, index) => names.indexOf(name) !== index);
      if (twice !== undefined) throw new Refusal('BAD_INPUT', `The subgraph "${twice}" is given twice.`);
      for (const { name, url, sdl } of changes) {
        checkedSubgraphName(name);
        if (url !== null) checkedUrl(name, url);
        checkedSdl(name, sdl);
      }
      return launches.change(ref, by, (before) => ({
        kind: 'PUBLISH',
        summary: `published ${listed(names)}`,
        inputs: merged(ref, before, changes),
        sdl: new Map(changes.map(({ name, sdl }) => [name, sdl])),
      }));
    },

    /** What would come of a removal. @returns the faults of the composition without the subgraph; null: it is not there */
    async previewRemoval(ref: GraphRef, name: string): Promise<readonly CompositionFault[] | null> {
      const variant = await variants.find(ref);
      const inputs = variant ? await variants.subgraphs(variant.id) : [];
      if (!inputs.some((input) => input.name === name)) return null;
      const { result } = await composer(inputs.filter((input) => input.name !== name));
      return 'errors' in result ? result.errors : [];
    },

    /** Takes a subgraph out. @returns null when it is not there */
    async remove(ref: GraphRef, name: string, by: Attribution): Promise<LaunchResult | null> {
      if ((await this.previewRemoval(ref, name)) === null) return null;
      return launches.change(ref, by, (before) => ({
        kind: 'DELETE',
        summary: `removed ${name}`,
        inputs: before.filter((input) => input.name !== name),
        sdl: new Map(),
      }));
    },
  };
}

export type SubgraphService = ReturnType<typeof createSubgraphService>;
