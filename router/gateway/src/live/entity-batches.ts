import type { unifiedGraphHandler } from '@graphql-hive/router-runtime';
import { type ExecutionResult, GraphQLError, print } from 'graphql';
import { rememberTexts } from '../document-text.ts';

type Execute = Parameters<typeof unifiedGraphHandler>[0]['onSubgraphExecute'];
type Request = Parameters<Execute>[1];
type Result = Awaited<ReturnType<Execute>>;

/** What comes within this time is asked for together. */
const TOGETHER_MS = 4;
/** More in one request would make the first wait for the last. */
const MOST = 500;

type Entities = { readonly _entities?: readonly unknown[] | null };

interface Share {
  readonly request: Request;
  /** The places of its entities among those that are asked for. */
  readonly places: readonly number[];
  resolve(result: Result | Promise<Result>): void;
}

interface Batch {
  readonly representations: object[];
  readonly placeOf: Map<string, number>;
  readonly shares: Share[];
}

/** The representations of a request for entities that has no other variable. */
function representationsOf({ variables, operationType }: Request): readonly object[] | undefined {
  const { representations, ...others } = (variables ?? {}) as Record<string, unknown>;
  const alone = operationType === 'query' && Object.keys(others).length === 0;
  return alone && Array.isArray(representations) ? representations : undefined;
}

/** Of an answer to many, what one has asked for. Executions write into what they are given, so each has its own. */
function partOf(entities: readonly unknown[], errors: ExecutionResult['errors'], places: readonly number[]): Result {
  const own = errors?.flatMap((error) => {
    const [root, place, ...rest] = error.path ?? [];
    if (root !== '_entities' || typeof place !== 'number') return [error];
    const index = places.indexOf(place);
    const { message, extensions } = error;
    return index < 0 ? [] : [new GraphQLError(message, { path: ['_entities', index, ...rest], extensions })];
  });
  return {
    data: { _entities: structuredClone(places.map((place) => entities[place])) },
    ...(own?.length ? { errors: own } : {}),
  };
}

/**
 * Asks subgraphs for the entities of several events by one request: those of one moment that want the same fields, and
 * each entity once. When that fails as a whole, each event asks for itself: what is wrong with one must cost no other.
 * Only for what is asked as the public viewer, so that it does not matter who asks.
 */
export function createEntityBatches(execute: Execute): Execute {
  const textOf = rememberTexts(print);
  const open = new Map<string, Batch>();

  function send(subgraph: string, { representations, shares }: Batch): void {
    const [{ request: first }] = shares as [Share];
    const asked = Promise.resolve(execute(subgraph, { ...first, variables: { representations } }));
    for (const { request, places, resolve } of shares)
      resolve(
        asked.then((result) => {
          const { data, errors } = result as ExecutionResult<Entities>;
          if (data?._entities) return partOf(data._entities, errors, places);
          return shares.length === 1 ? result : execute(subgraph, request);
        }),
      );
  }

  return (subgraph, request) => {
    const wanted = representationsOf(request);
    if (!wanted) return execute(subgraph, request);
    const key = `${subgraph} ${textOf(request.document)}`;
    let batch = open.get(key);
    if (!batch || batch.representations.length >= MOST) {
      const begun: Batch = { representations: [], placeOf: new Map(), shares: [] };
      batch = begun;
      open.set(key, begun);
      setTimeout(() => {
        if (open.get(key) === begun) open.delete(key);
        send(subgraph, begun);
      }, TOGETHER_MS);
    }
    const { representations, placeOf, shares } = batch;
    const places = wanted.map((representation) => {
      const identity = JSON.stringify(representation);
      const place = placeOf.get(identity) ?? representations.push(representation) - 1;
      placeOf.set(identity, place);
      return place;
    });
    return new Promise<Result>((resolve) => {
      shares.push({ request, places, resolve });
    });
  };
}
