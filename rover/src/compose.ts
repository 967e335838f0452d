import { composeServices } from '@theguild/federation-composition';
import { type DocumentNode, GraphQLError, parse } from 'graphql';
import { describeFault } from './fault.ts';

/** A subgraph as it takes part in a composition. */
export interface SubgraphSource {
  readonly name: string;
  /** Its routing URL; a name such as `http://user/graphql` that each router maps to an address. */
  readonly url: string;
  /** Its SDL, with federation directives. */
  readonly sdl: string;
}

export type Composition = { readonly supergraph: string } | { readonly errors: readonly string[] };

/**
 * Composes subgraphs into a supergraph by Apollo Federation 2.
 * @returns the supergraph's SDL, or each fault in one line that names subgraph, type and field
 */
export function composeSupergraph(subgraphs: readonly SubgraphSource[]): Composition {
  const errors: string[] = [];
  const documents = new Map<string, DocumentNode>();
  for (const { name, sdl } of subgraphs) {
    try {
      documents.set(name, parse(sdl));
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      const [at] = error.locations ?? [];
      errors.push(`${name}: line ${at?.line ?? 1}, column ${at?.column ?? 1}: ${error.message} (INVALID_GRAPHQL)`);
    }
  }
  if (errors.length > 0) return { errors };
  const result = composeServices(
    subgraphs.map(({ name, url }) => ({ name, url, typeDefs: documents.get(name) as DocumentNode })),
  );
  if (result.errors) return { errors: result.errors.map((fault) => describeFault(fault, documents)) };
  return { supergraph: `${result.supergraphSdl.trimEnd()}\n` };
}
