import SchemaBuilder from '@pothos/core';
import { covers, type Key } from '../modules/key/key.policy.ts';
import { parseGraphRef, printGraphRef } from '../names.ts';
import { type Chunk, chunkPath } from './chunks.ts';
import type { Delivery } from './delivery.ts';

/** Whole seconds; clients cut fractions off, and less than 10 makes some of them spin. */
export const POLL_SECONDS = 10;

/** What Uplink's resolvers are given. */
export interface UplinkContext {
  readonly client: string;
  authenticate(token: string): Key | null;
  deliveryOf(graphRef: string): Delivery | undefined;
  chunksOf(list: NonNullable<Delivery['list']>): Promise<readonly Chunk[]>;
  entitlement(graphRef: string, ifAfterId: string | null): Promise<Entitlement>;
  readonly publicUrl: string;
  /** Whether the request carried a key as header, where this protocol has it as variable. */
  readonly keyInHeader: boolean;
}

interface Unchanged {
  readonly kind: 'unchanged';
  readonly id: string;
}
interface FetchError {
  readonly kind: 'error';
  readonly code: 'AUTHENTICATION_FAILED' | 'ACCESS_DENIED' | 'UNKNOWN_REF' | 'RETRY_LATER';
  readonly message: string;
}
interface RouterConfig {
  readonly kind: 'config';
  readonly id: string;
  readonly sdl: string;
}
interface Manifest {
  readonly kind: 'queries';
  readonly id: string;
  /** Null: the variant has no list. */
  readonly chunks: readonly Chunk[] | null;
}
export interface Entitlement {
  readonly kind: 'entitlement' | 'unchanged';
  readonly id: string;
  /** Signed by Apollo; passed on as it is. */
  readonly jwt: string | null;
}

const failed = (code: FetchError['code'], message: string): FetchError => ({ kind: 'error', code, message });

/** Refuses who may not poll a variant. */
function refusal(context: UplinkContext, graphRef: string, apiKey: string): FetchError | null {
  const key = context.authenticate(apiKey);
  if (!key)
    return failed(
      'AUTHENTICATION_FAILED',
      context.keyInHeader && !apiKey
        ? 'The key stands in a header; Uplink has it as the variable apiKey (routers: APOLLO_KEY).'
        : 'The API key is not known to this registry.',
    );
  if (key.graphId !== parseGraphRef(graphRef).graphId)
    return failed('ACCESS_DENIED', `The API key is not a key of the graph of "${graphRef}".`);
  if (!covers(key.scopes, 'router'))
    return failed(
      'ACCESS_DENIED',
      `The API key "${key.name}" has the scope ${key.scopes.join(', ')}; routers need router.`,
    );
  return null;
}

const normalised = (ref: string) => printGraphRef(parseGraphRef(ref));

const builder = new SchemaBuilder<{ Context: UplinkContext; DefaultFieldNullability: false }>({
  defaultFieldNullability: false,
});

const FetchErrorCode = builder.enumType('FetchErrorCode', {
  values: ['AUTHENTICATION_FAILED', 'ACCESS_DENIED', 'UNKNOWN_REF', 'RETRY_LATER'] as const,
});

const UnchangedRef = builder.objectRef<Unchanged>('Unchanged').implement({
  fields: (t) => ({ id: t.exposeID('id'), minDelaySeconds: t.float({ resolve: () => POLL_SECONDS }) }),
});

const FetchErrorRef = builder.objectRef<FetchError>('FetchError').implement({
  fields: (t) => ({ code: t.expose('code', { type: FetchErrorCode }), message: t.exposeString('message') }),
});

const Message = builder.objectRef<{ level: 'INFO'; body: string }>('Message').implement({
  fields: (t) => ({
    level: t.field({
      type: builder.enumType('MessageLevel', { values: ['ERROR', 'WARN', 'INFO'] as const }),
      resolve: ({ level }) => level,
    }),
    body: t.exposeString('body'),
  }),
});

const RouterConfigResult = builder.objectRef<RouterConfig>('RouterConfigResult').implement({
  fields: (t) => ({
    id: t.exposeID('id'),
    supergraphSDL: t.exposeString('sdl'),
    // @apollo/gateway's name for it.
    supergraphSdl: t.exposeString('sdl'),
    minDelaySeconds: t.float({ resolve: () => POLL_SECONDS }),
    messages: t.field({ type: [Message], resolve: () => [] }),
  }),
});

const ChunkRef = builder.objectRef<Chunk>('PersistedQueriesResultChunks').implement({
  fields: (t) => ({
    id: t.exposeID('id'),
    urls: t.stringList({ resolve: (chunk, _, { publicUrl }) => [`${publicUrl}${chunkPath(chunk)}`] }),
  }),
});

const PersistedQueriesResult = builder.objectRef<Manifest>('PersistedQueriesResult').implement({
  fields: (t) => ({
    id: t.exposeID('id'),
    minDelaySeconds: t.float({ resolve: () => POLL_SECONDS }),
    chunks: t.field({ type: [ChunkRef], nullable: true, resolve: ({ chunks }) => chunks && [...chunks] }),
  }),
});

const RouterEntitlement = builder.objectRef<{ jwt: string }>('RouterEntitlement').implement({
  fields: (t) => ({ jwt: t.exposeString('jwt') }),
});

const RouterEntitlementsResult = builder.objectRef<Entitlement>('RouterEntitlementsResult').implement({
  fields: (t) => ({
    id: t.exposeID('id'),
    minDelaySeconds: t.float({ resolve: () => POLL_SECONDS }),
    entitlement: t.field({
      type: RouterEntitlement,
      nullable: true,
      description: "Apollo's to sign. Null here, unless the operator has it passed through from Apollo's own Uplink.",
      resolve: ({ jwt }) => (jwt === null ? null : { jwt }),
    }),
  }),
});

const TYPES = {
  unchanged: UnchangedRef,
  error: FetchErrorRef,
  config: RouterConfigResult,
  queries: PersistedQueriesResult,
  entitlement: RouterEntitlementsResult,
};

const RouterConfigResponse = builder.unionType('RouterConfigResponse', {
  types: [RouterConfigResult, UnchangedRef, FetchErrorRef],
  resolveType: ({ kind }) => TYPES[kind],
});
const PersistedQueriesResponse = builder.unionType('PersistedQueriesResponse', {
  types: [PersistedQueriesResult, UnchangedRef, FetchErrorRef],
  resolveType: ({ kind }) => TYPES[kind],
});
const RouterEntitlementsResponse = builder.unionType('RouterEntitlementsResponse', {
  types: [RouterEntitlementsResult, UnchangedRef, FetchErrorRef],
  resolveType: ({ kind }) => TYPES[kind],
});

builder.queryType({
  fields: (t) => {
    const args = {
      ref: t.arg.string({ required: true }),
      apiKey: t.arg.string({ required: true }),
      ifAfterId: t.arg.id(),
    };
    return {
      routerConfig: t.field({
        type: RouterConfigResponse,
        nullable: true,
        args,
        resolve: (_, { ref, apiKey, ifAfterId }, context) => {
          const refused = refusal(context, ref, apiKey);
          if (refused) return refused;
          const supergraph = context.deliveryOf(normalised(ref))?.supergraph;
          // Any other code ends polling for good, and a first publish may be on its way.
          if (!supergraph)
            return failed(
              'RETRY_LATER',
              `"${ref}" has no supergraph yet: publish its subgraphs with rover subgraph publish.`,
            );
          if (ifAfterId === supergraph.id) return { kind: 'unchanged' as const, id: supergraph.id };
          return { kind: 'config' as const, ...supergraph };
        },
      }),
      persistedQueries: t.field({
        type: PersistedQueriesResponse,
        nullable: true,
        args,
        resolve: async (_, { ref, apiKey, ifAfterId }, context) => {
          const refused = refusal(context, ref, apiKey);
          if (refused) return refused;
          const list = context.deliveryOf(normalised(ref))?.list;
          const id = list ? `${list.id}:${list.revision}` : 'none';
          if (ifAfterId === id) return { kind: 'unchanged' as const, id };
          if (!list) return { kind: 'queries' as const, id, chunks: null };
          return { kind: 'queries' as const, id, chunks: await context.chunksOf(list) };
        },
      }),
      routerEntitlements: t.field({
        type: RouterEntitlementsResponse,
        nullable: true,
        args,
        // Never an error: a router that meets one here ends.
        resolve: (_, { ref, ifAfterId }, context) => context.entitlement(ref, ifAfterId ?? null),
      }),
    };
  },
});

/** The schema of Apollo's Uplink, as far as routers ask it. */
export const uplinkSchema = builder.toSchema();
