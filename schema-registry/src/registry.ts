import type { IncomingMessage } from 'node:http';
import { applyMigrations } from '@community/database/migrate';
import { createPool } from '@community/kit/database';
import { BadRequestError, type HttpAnswer, header, json, listen, type Routes } from '@community/kit/http';
import { createLog } from '@community/kit/log';
import { collectProcessMetrics, renderMetrics } from '@community/kit/metrics';
import type { RegistryConfig } from './config.ts';
import type { Context } from './context.ts';
import { createExecutor } from './http/executor.ts';
import { readGraphqlRequest } from './http/request.ts';
import { loadPolicies } from './modules/check/policies.ts';
import { composeHere } from './modules/launch/composer.ts';
import { usageRoutes } from './modules/usage/usage.routes.ts';
import { pageRoutes } from './page/routes.ts';
import { schema } from './schema.ts';
import { createServices, type Services } from './services.ts';
import { createChunks } from './uplink/chunks.ts';
import { uplinkRoutes } from './uplink/routes.ts';

export interface RunningRegistry {
  readonly port: number;
  readonly url: string;
  readonly services: Services;
  /** Keys that were made at this start, to be shown once. */
  readonly newKeys: readonly { readonly graphId: string; readonly token: string }[];
  stop(): Promise<void>;
}

/** Makes the graphs that the operator names, the keys that she chose, and for each graph without a key a first one. */
async function ensureGraphs({ graphs, keys }: Services, config: RegistryConfig) {
  const chosen = [
    { token: config.firstKey, name: 'first key', scopes: ['admin'] as const },
    { token: config.routerKey, name: 'routers', scopes: ['router'] as const },
  ];
  const newKeys: { graphId: string; token: string }[] = [];
  for (const [index, id] of config.graphs.entries()) {
    await graphs.ensure(id);
    for (const { token, name, scopes } of index === 0 ? chosen : [])
      if (token && !keys.authenticate(token))
        await keys.create({ graphId: id, name, scopes, createdBy: 'the operator', token });
    const all = await keys.list(id);
    if (all.some(({ revokedAt, scopes }) => revokedAt === null && scopes.includes('admin'))) continue;
    const { token } = await keys.create({
      graphId: id,
      name: 'first key',
      scopes: ['admin'],
      createdBy: 'the operator',
    });
    newKeys.push({ graphId: id, token });
  }
  return newKeys;
}

const clientOf = (request: IncomingMessage): string =>
  [header(request, 'apollographql-client-name'), header(request, 'apollographql-client-version')]
    .filter(Boolean)
    .join(' ')
    .slice(0, 120);

/** Rover retries every status but 200 for half a minute, so a request that cannot be read is answered like any other. */
async function answered(work: () => Promise<unknown>): Promise<HttpAnswer> {
  try {
    return json(200, await work());
  } catch (error) {
    if (!(error instanceof BadRequestError)) throw error;
    return json(200, { data: {}, errors: [{ message: error.message, extensions: { code: 'BAD_INPUT' } }] });
  }
}

/** Starts the registry: its database, Rover's API, Uplink. */
export async function startRegistry(config: RegistryConfig): Promise<RunningRegistry> {
  const log = createLog('registry', config.logLevel);
  collectProcessMetrics();
  await applyMigrations({ url: config.databaseUrl, directory: 'prisma/registry/migrations' });
  const pool = createPool(config.databaseUrl, 'community-registry');
  const services = await createServices({
    pool,
    log,
    compose: composeHere,
    policies: await loadPolicies(config.policies),
    retentionDays: config.retentionDays,
  });
  const newKeys = await ensureGraphs(services, config);
  const execute = createExecutor<Context>(schema, log);
  let publicUrl = config.publicUrl ?? '';
  let stopping = false;

  const routes: Routes = {
    '/graphql': (request) =>
      answered(async () => {
        const operation = await readGraphqlRequest(request);
        return execute(operation, {
          key: services.keys.authenticate(header(request, 'x-api-key')),
          client: clientOf(request),
          publicUrl,
          services,
        });
      }),
    ...uplinkRoutes({
      services,
      chunks: createChunks(services.queryStore),
      log,
      publicUrl: () => publicUrl,
      clientOf,
      answered,
      licence: config.licence,
    }),
    ...usageRoutes(services),
    ...pageRoutes({ services, log }),
    '/health': async () => json(200, { status: 'ok' }),
    '/ready': async () => {
      const reasons = stopping
        ? ['stopping']
        : await pool.query('SELECT 1').then(
            () => [],
            () => ['the database does not answer'],
          );
      return json(reasons.length === 0 ? 200 : 503, { status: reasons.length === 0 ? 'ready' : 'not ready', reasons });
    },
    '/metrics': async () => {
      const { contentType, body } = await renderMetrics();
      return { status: 200, headers: { 'content-type': contentType }, body };
    },
  };
  const server = await listen({
    host: config.host,
    port: config.port,
    onError: (error) => log.error({ err: error }, 'a request failed'),
    routes,
  });
  publicUrl ||= `http://${config.host === '0.0.0.0' || config.host === '::' ? 'localhost' : config.host}:${server.port}`;
  log.info({ port: server.port, graphs: config.graphs }, 'ready');
  return {
    port: server.port,
    url: publicUrl,
    services,
    newKeys,
    async stop() {
      stopping = true;
      await server.close();
      await services.stop();
      await pool.end();
    },
  };
}
