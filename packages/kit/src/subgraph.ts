import { applyMigrations } from '@community/database/migrate';
import { createEphemeral } from '@community/ephemeral/create-ephemeral';
import { startConsumer } from '@community/events/consumer';
import { startRelay } from '@community/events/relay';
import { startRetention } from '@community/events/retention';
import { startSnapshots } from '@community/events/snapshots';
import { startJobs } from '@community/jobs/start-jobs';
import type { Pool } from 'pg';
import { AUDIENCE_PATH, audienceRoute } from './audience.ts';
import { startForgetting } from './client-mutation.ts';
import { commonVariables, databaseUrlVariable, readConfig, secretVariable, serviceUrlVariable } from './config.ts';
import type { RequestContext } from './context.ts';
import { createPool } from './database.ts';
import type { Domain, Platform, SubgraphDefinition } from './domain.ts';
import { openBus } from './event-bus.ts';
import { createGraphqlHandler } from './graphql-handler.ts';
import { header, json, listen, type Routes, readJson } from './http.ts';
import { createLog } from './log.ts';
import { createMemberTokenVerifier } from './member-token.ts';
import { collectProcessMetrics, renderMetrics } from './metrics.ts';
import { secretsMatch } from './secret.ts';
import { followEndedSessions } from './sessions.ts';
import { createSubscriptions } from './subscriptions.ts';
import { startWatch } from './watch.ts';
import { withMemberData } from './with-member-data.ts';

/** One connection of the job queue listens, one works: they are not taken from what serves requests. */
const JOBS_POOL_SIZE = 2;

export interface RunningSubgraph {
  readonly port: number;
  /** The request ids of the subscriptions that are open. */
  streams(): readonly string[];
  stop(): Promise<void>;
}

/** Connects and migrates the domain's database: its own tables, then those of the shared packages. */
async function openPool(name: string, url: string): Promise<Pool> {
  await applyMigrations({ url, directory: `prisma/${name}/migrations` });
  await applyMigrations({ url, directory: 'packages/events/migrations', schema: 'events' });
  await applyMigrations({ url, directory: 'packages/kit/migrations', schema: 'kit' });
  return createPool(url, `community-${name}`);
}

function internalRoutes(domain: Pick<Domain<RequestContext, unknown>, 'internal'>, secret: string): Routes {
  return Object.fromEntries(
    Object.entries(domain.internal ?? {}).map(([name, handle]) => [
      `/internal/${name}`,
      async (request) => {
        if (!secretsMatch(header(request, 'x-service-secret'), secret)) {
          return json(403, { error: { code: 'FORBIDDEN', message: 'Only services of the platform may call this.' } });
        }
        return handle(await readJson(request));
      },
    ]),
  );
}

function operationsRoutes(ready: () => Promise<string[]>): Routes {
  return {
    '/health': async () => json(200, { status: 'ok' }),
    '/ready': async () => {
      const reasons = await ready();
      return json(reasons.length === 0 ? 200 : 503, { status: reasons.length === 0 ? 'ready' : 'not ready', reasons });
    },
    '/metrics': async () => {
      const { contentType, body } = await renderMetrics();
      return { status: 200, headers: { 'content-type': contentType }, body };
    },
  };
}

/**
 * Starts a subgraph: configuration, database, events, GraphQL over HTTP. The working directory is the repository's root.
 * @throws ConfigError, or what the database says when it cannot be used
 */
export async function runSubgraph<Context extends RequestContext, Tx>(
  definition: SubgraphDefinition<Context, Tx>,
  env: NodeJS.ProcessEnv = process.env,
): Promise<RunningSubgraph> {
  const { name } = definition;
  const databaseVariable = `DATABASE_URL_${name.toUpperCase()}`;
  const config = readConfig(
    {
      ...commonVariables,
      ROUTER_SECRET: secretVariable,
      SERVICE_SECRET: secretVariable,
      SUBGRAPH_URL_AUTH: serviceUrlVariable.optional(),
    },
    env,
  );
  const { [databaseVariable]: databaseUrl } = readConfig({ [databaseVariable]: databaseUrlVariable }, env);
  const log = createLog(name, config.LOG_LEVEL);
  const started: { stop(): Promise<void> }[] = [];
  const stopAll = async () => {
    for (const part of started.reverse().splice(0))
      await part.stop().catch((error: unknown) => log.error({ err: error }, 'a part did not stop well'));
  };

  try {
    collectProcessMetrics();
    const ephemeral = await createEphemeral({ redisUrl: env.REDIS_URL, prefix: `community:${name}`, log });
    started.push({ stop: () => ephemeral.close() });
    const pool = await openPool(name, databaseUrl as string);
    started.push({ stop: () => pool.end() });
    const bus = await openBus(env, log);
    started.push({ stop: () => bus.close() });
    const relay = startRelay({ pool, bus, domain: name, log });
    started.push(relay);

    const authUrl = config.SUBGRAPH_URL_AUTH;
    if (!authUrl) log.warn('SUBGRAPH_URL_AUTH is not set: no token can be verified, and everybody is anonymous');
    const tokens = createMemberTokenVerifier({
      fetchJwks: async () =>
        authUrl
          ? (await fetch(`${authUrl}/.well-known/jwks.json`, { signal: AbortSignal.timeout(2_000) })).json()
          : { keys: [] },
      onError: (error) => log.warn({ err: error }, "auth's keys could not be fetched; known ones stay in use"),
    });
    started.push(await followEndedSessions(bus, tokens, log));

    const platform: Platform = { env, log, pool, ephemeral, wakeRelay: () => relay.wake() };
    const domain = withMemberData(name, await definition.create(platform));
    if (domain.stop) started.push({ stop: domain.stop });
    if (domain.jobs) {
      const jobsPool = createPool(databaseUrl as string, `community-${name}-jobs`, JOBS_POOL_SIZE);
      started.push({ stop: () => jobsPool.end() });
      started.push(await startJobs({ pool: jobsPool, ...domain.jobs, log }));
    }
    if (domain.watches) started.push(await startWatch(bus, domain.watches));
    if (domain.consumes) {
      started.push(
        await startConsumer({ bus, group: name, transactions: domain.transactions, ...domain.consumes, log }),
      );
    }
    started.push(startSnapshots({ pool, transactions: domain.transactions, sources: domain.snapshots ?? [], log }));
    started.push(startRetention({ pool, bus, domain: name, log }));
    started.push(startForgetting(pool, log));

    const graphql = await createGraphqlHandler({
      domain: name,
      schema: definition.schema,
      log,
      routerSecret: config.ROUTER_SECRET,
      tokens,
      context: domain.context,
      hasAudience: domain.audience !== undefined,
    });
    started.push(graphql);

    const subscriptions = definition.schema.getSubscriptionType()
      ? createSubscriptions({
          domain: name,
          schema: definition.schema,
          log,
          routerSecret: config.ROUTER_SECRET,
          tokens,
          context: domain.context,
        })
      : undefined;

    let stopping = false;
    const server = await listen({
      host: config.HOST,
      port: config.PORT,
      onError: (error) => log.error({ err: error }, 'a request failed'),
      onUpgrade: subscriptions?.upgrade,
      routes: {
        '/graphql': graphql.handler,
        ...internalRoutes(domain, config.SERVICE_SECRET),
        ...domain.routes,
        ...(domain.audience ? { [AUDIENCE_PATH]: audienceRoute(domain.audience, config.ROUTER_SECRET) } : {}),
        ...operationsRoutes(async () => {
          if (stopping) return ['stopping'];
          return pool.query('SELECT 1').then(
            () => [],
            () => ['the database does not answer'],
          );
        }),
      },
    });
    started.push({
      stop: async () => {
        stopping = true;
        await Promise.all([subscriptions?.stop(), server.close()]);
      },
    });
    log.info({ port: server.port }, 'ready');
    return { port: server.port, streams: () => subscriptions?.streams() ?? [], stop: stopAll };
  } catch (error) {
    await stopAll();
    throw error;
  }
}
