import { composeSchemaContract, composeServices } from '@theguild/federation-composition';
import { type DocumentNode, GraphQLError, parse } from 'graphql';
import { withNeededParts } from './contract-closure.ts';
import { type CompositionFault, describeFault } from './fault.ts';

/** A subgraph as it takes part in a composition. */
export interface SubgraphSource {
  readonly name: string;
  /** Its routing URL; a name such as `http://user/graphql` that each router maps to an address. */
  readonly url: string;
  /** Its SDL, with federation directives. */
  readonly sdl: string;
}

/** Which part of a graph a contract shows, by `@tag`; no included tag means everything that is not excluded. */
export interface ContractFilter {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly hideUnreachableTypes: boolean;
}

export type Composition =
  | {
      readonly supergraph: string;
      /** The schema that clients see, as text and as it was made; each is made when it is asked for. */
      readonly publicSdl: string;
      readonly publicDocument: DocumentNode;
    }
  | { readonly errors: readonly CompositionFault[] };

/** Parsed SDL that was composed lately: of a hundred subgraphs, one or two change from one composition to the next. */
const PARSED = 400;
const parsed = new Map<string, DocumentNode>();

function parseOnce(sdl: string): DocumentNode {
  const known = parsed.get(sdl);
  if (known) {
    parsed.delete(sdl);
    parsed.set(sdl, known);
    return known;
  }
  const document = parse(sdl);
  parsed.set(sdl, document);
  for (const oldest of [...parsed.keys()].slice(0, -PARSED)) parsed.delete(oldest);
  return document;
}

function syntaxFault(subgraph: string, error: unknown): CompositionFault {
  if (!(error instanceof GraphQLError)) throw error;
  const [at = { line: 1, column: 1 }] = error.locations ?? [];
  const place = `${subgraph}: line ${at.line}, column ${at.column}`;
  return {
    message: `${place}: ${error.message} (INVALID_GRAPHQL)`,
    code: 'INVALID_GRAPHQL',
    subgraph,
    locations: [at],
  };
}

/**
 * Composes subgraphs into a supergraph by Apollo Federation 2.
 * @param contract shows only a part of the graph
 * @returns the supergraph's SDL, or its faults
 */
export function composeSupergraph(subgraphs: readonly SubgraphSource[], contract?: ContractFilter): Composition {
  const errors: CompositionFault[] = [];
  const documents = new Map<string, DocumentNode>();
  for (const { name, sdl } of subgraphs) {
    try {
      documents.set(name, parseOnce(sdl));
    } catch (error) {
      errors.push(syntaxFault(name, error));
    }
  }
  if (errors.length > 0) return { errors };
  const services = subgraphs.map(({ name, url }) => {
    const document = documents.get(name) as DocumentNode;
    return { name, url, typeDefs: contract ? withNeededParts(document, contract.include) : document };
  });
  const result = contract
    ? composeSchemaContract(
        services,
        { include: new Set(contract.include), exclude: new Set(contract.exclude) },
        contract.hideUnreachableTypes,
      )
    : composeServices(services);
  if (result.errors) return { errors: result.errors.map((fault) => describeFault(fault, documents)) };
  return {
    supergraph: `${result.supergraphSdl.trimEnd()}\n`,
    get publicSdl() {
      return result.publicSdl;
    },
    get publicDocument() {
      return result.publicDocumentNode;
    },
  };
}
