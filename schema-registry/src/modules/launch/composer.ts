import { type Composition, type ContractFilter, composeSupergraph } from '@community/rover/compose';
import type { DocumentStore } from '../document/document.store.ts';
import type { LaunchInput } from './launch.ts';

export interface Composed {
  readonly result: Composition;
  readonly ms: number;
}

/** A composition library; one that runs in a thread of its own keeps pollers of Uplink from waiting. */
export type Compose = (
  subgraphs: readonly { readonly name: string; readonly url: string; readonly sdl: string }[],
  contract?: ContractFilter,
) => Promise<Composition>;

export const composeHere: Compose = async (subgraphs, contract) => composeSupergraph(subgraphs, contract);

/** Composes what launches refer to by hash. */
export function createComposer(documents: DocumentStore, compose: Compose) {
  /** @param proposed SDL that is not stored, by subgraph */
  return async (
    inputs: readonly LaunchInput[],
    contract?: ContractFilter,
    proposed: ReadonlyMap<string, string> = new Map(),
  ): Promise<Composed> => {
    const stored = inputs.filter(({ name }) => !proposed.has(name));
    const bodies = await documents.load(stored.map(({ sdlHash }) => sdlHash));
    const sdl = new Map([...stored.map(({ name }, index) => [name, bodies[index] ?? ''] as const), ...proposed]);
    const start = performance.now();
    if (inputs.length === 0) {
      const message = 'The graph has no subgraph left, so there is nothing to compose. (NO_SUBGRAPHS)';
      return { result: { errors: [{ message, code: 'NO_SUBGRAPHS', subgraph: null, locations: [] }] }, ms: 0 };
    }
    const result = await compose(
      inputs.map(({ name, url }) => ({ name, url: url ?? '', sdl: sdl.get(name) ?? '' })),
      contract,
    );
    return { result, ms: Math.round(performance.now() - start) };
  };
}

export type Composer = ReturnType<typeof createComposer>;
