import { isId } from '@community/kit/ids';
import type { Logger } from '@community/kit/log';
import type { Pool } from 'pg';
import { type Db, openDatabase } from './database.ts';
import { createCheckService } from './modules/check/check.service.ts';
import { createCheckStore } from './modules/check/check.store.ts';
import type { Policy } from './modules/check/policies.ts';
import { createContractService } from './modules/contract/contract.service.ts';
import { createDocumentStore } from './modules/document/document.store.ts';
import { createGraphStore } from './modules/graph/graph.store.ts';
import { createKeyService } from './modules/key/key.service.ts';
import { createKeyStore } from './modules/key/key.store.ts';
import { createApiSchemas } from './modules/launch/api-schema.ts';
import { type Compose, createComposer } from './modules/launch/composer.ts';
import { createHistoryService } from './modules/launch/history.service.ts';
import { createLane } from './modules/launch/lane.ts';
import { createLaunchService } from './modules/launch/launch.service.ts';
import { createLaunchStore } from './modules/launch/launch.store.ts';
import { createPersistedQueryService } from './modules/persisted-query/persisted-query.service.ts';
import { createPersistedQueryStore, type PersistedQueryList } from './modules/persisted-query/persisted-query.store.ts';
import { createSubgraphService } from './modules/subgraph/subgraph.service.ts';
import { createUsageService } from './modules/usage/usage.service.ts';
import { createUsageStore } from './modules/usage/usage.store.ts';
import { createVariantStore } from './modules/variant/variant.store.ts';
import type { Variant } from './modules/variant/variant.ts';
import { startRetention } from './retention.ts';
import { createDelivery } from './uplink/delivery.ts';

/** Everything that the registry's API, Uplink and page are built on. */
export async function createServices(tools: {
  pool: Pool;
  log: Logger;
  compose: Compose;
  policies: readonly Policy[];
  retentionDays: number;
}) {
  const { pool, log, compose, policies, retentionDays } = tools;
  const db: Db = openDatabase(pool);
  const onError = (error: unknown) => log.error({ err: error }, 'background work of the registry failed');
  const graphs = createGraphStore(db);
  const variants = createVariantStore(db);
  const launches = createLaunchStore(db);
  const documents = createDocumentStore(db);
  const queryStore = createPersistedQueryStore(db);
  const delivery = await createDelivery(db, documents, onError);
  const keys = await createKeyService(createKeyStore(db), onError);
  const composer = createComposer(documents, compose);
  const apiSchemas = createApiSchemas(documents);
  const launcher = createLaunchService({
    db,
    variants,
    launches,
    documents,
    composer,
    apiSchemas,
    lane: createLane(pool),
    log,
    onLaunch: delivery.refresh,
  });
  const persistedQueries = createPersistedQueryService({
    db,
    queries: queryStore,
    variants,
    launches,
    apiSchemas,
    onChange: delivery.refresh,
    onError,
  });

  const usageStore = createUsageStore(db);
  const usage = createUsageService({
    db,
    usage: usageStore,
    variants,
    launches,
    queries: queryStore,
    apiSchemas,
  });
  const checkStore = createCheckStore(db);
  const retention = startRetention([usageStore.forget, checkStore.forget], retentionDays, onError);
  const checks = createCheckService({
    variants,
    launches,
    documents,
    composer,
    apiSchemas,
    usage: usageStore,
    checks: checkStore,
    policies,
  });

  return {
    graphs,
    variants,
    launches,
    documents,
    apiSchemas,
    delivery,
    keys,
    launcher,
    queryStore,
    persistedQueries,
    usage,
    usageStore,
    checks,
    checkStore,
    retention,
    contracts: createContractService({ db, variants, launches: launcher }),
    subgraphs: createSubgraphService({ variants, launches: launcher, composer }),
    history: createHistoryService({ variants, launches, service: launcher, apiSchemas }),
    /** Those that something was published to. Rover takes any other for new, as it must to publish to it. */
    async visibleVariants(graphId: string): Promise<Variant[]> {
      const [all, used] = await Promise.all([variants.ofGraph(graphId), variants.withSubgraphs(graphId)]);
      return all.filter(({ id, sourceId }) => sourceId !== null || used.has(id));
    },
    findList: async (graphId: string, id: string): Promise<PersistedQueryList | null> =>
      isId(id) ? queryStore.byId(graphId, id) : null,
    /** Shows routers at once what was changed. */
    refresh: delivery.refresh,
    async stop(): Promise<void> {
      delivery.stop();
      persistedQueries.stop();
      retention.stop();
      await keys.stop();
      await db.$disconnect();
    },
  };
}

export type Services = Awaited<ReturnType<typeof createServices>>;
