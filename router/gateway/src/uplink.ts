import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { manifestOf } from '@community/front-door/persisted-documents';
import type { Logger } from '@community/kit/log';
import { z } from 'zod';
import type { GatewayConfig } from './config.ts';
import { checkSupergraph } from './supergraph-file.ts';

/** While nothing was fetched yet, and after a failure. */
const RETRY_MS = 2_000;
const REQUEST_MS = 10_000;

export interface UplinkOptions {
  /** The registry's base URL. */
  readonly registryUrl: string;
  readonly key: string;
  readonly graphRef: string;
  /** The file that the engine follows, and starts from. */
  readonly supergraphPath: string;
  /** The file of persisted documents, likewise. */
  readonly documentsPath: string;
  readonly log: Logger;
}

const failure = { __typename: z.literal('FetchError'), code: z.string(), message: z.string() };
const unchanged = { __typename: z.literal('Unchanged'), minDelaySeconds: z.number() };
const answer = z.object({
  data: z.object({
    routerConfig: z.discriminatedUnion('__typename', [
      z.object({
        __typename: z.literal('RouterConfigResult'),
        id: z.string(),
        supergraphSDL: z.string(),
        minDelaySeconds: z.number(),
      }),
      z.object(unchanged),
      z.object(failure),
    ]),
    persistedQueries: z.discriminatedUnion('__typename', [
      z.object({
        __typename: z.literal('PersistedQueriesResult'),
        id: z.string(),
        minDelaySeconds: z.number(),
        chunks: z.array(z.object({ id: z.string(), urls: z.array(z.string()) })).nullable(),
      }),
      z.object(unchanged),
      z.object(failure),
    ]),
  }),
});
type Answer = z.infer<typeof answer>['data'];

const QUERY = `query GatewayQuery($apiKey: String!, $graphRef: String!, $supergraphId: ID, $documentsId: ID) {
  routerConfig(ref: $graphRef, apiKey: $apiKey, ifAfterId: $supergraphId) {
    __typename
    ... on RouterConfigResult { id supergraphSDL minDelaySeconds }
    ... on Unchanged { minDelaySeconds }
    ... on FetchError { code message }
  }
  persistedQueries(ref: $graphRef, apiKey: $apiKey, ifAfterId: $documentsId) {
    __typename
    ... on PersistedQueriesResult { id minDelaySeconds chunks { id urls } }
    ... on Unchanged { minDelaySeconds }
    ... on FetchError { code message }
  }
}`;

function contentOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** Leaves a file that has these words already: an engine that follows it would end its streams for a new one. */
export function replaceFile(path: string, content: string): void {
  if (contentOf(path) === content) return;
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, content, { mode: 0o600 });
  renameSync(temporary, path);
}

const chunk = z.object({ operations: z.array(z.looseObject({ id: z.string(), body: z.string() })) });

/**
 * Follows a registry's Uplink (`routerConfig` and `persistedQueries` of Apollo's protocol) and keeps what it delivers in
 * files, whole or not at all. Without the registry the gateway goes on with these, and starts from them.
 */
export function followUplink(options: UplinkOptions): { stop(): void } {
  const { log } = options;
  let supergraphId: string | null = null;
  let documentsId: string | null = null;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let told = '';

  /** Says each state once, not with every poll. */
  function tell(state: string, say: () => void): void {
    if (state !== told) say();
    told = state;
  }

  async function ask(): Promise<Answer> {
    const response = await fetch(`${options.registryUrl}/uplink`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'apollographql-client-name': 'community gateway' },
      body: JSON.stringify({
        query: QUERY,
        variables: { apiKey: options.key, graphRef: options.graphRef, supergraphId, documentsId },
      }),
      signal: AbortSignal.timeout(REQUEST_MS),
    });
    return answer.parse(await response.json()).data;
  }

  function takeSupergraph(config: Answer['routerConfig']): void {
    if (config.__typename === 'FetchError') throw new Error(`${config.code}: ${config.message}`);
    if (config.__typename === 'Unchanged') return;
    replaceFile(options.supergraphPath, checkSupergraph(config.supergraphSDL));
    supergraphId = config.id;
    log.info({ graphRef: options.graphRef, id: config.id }, 'the registry delivered a supergraph');
  }

  async function takeDocuments(queries: Answer['persistedQueries']): Promise<void> {
    if (queries.__typename === 'FetchError') throw new Error(`${queries.code}: ${queries.message}`);
    if (queries.__typename === 'Unchanged') return;
    const operations: object[] = [];
    for (const { urls } of queries.chunks ?? []) {
      const response = await fetch(urls[0] ?? '', { signal: AbortSignal.timeout(REQUEST_MS) });
      if (!response.ok) throw new Error(`a chunk of persisted documents was answered by ${response.status}`);
      operations.push(...chunk.parse(await response.json()).operations);
    }
    replaceFile(options.documentsPath, manifestOf(operations));
    documentsId = queries.id;
    log.info({ documents: operations.length, id: queries.id }, 'the registry delivered persisted documents');
  }

  async function poll(): Promise<void> {
    let delayMs = RETRY_MS;
    try {
      const { routerConfig, persistedQueries } = await ask();
      takeSupergraph(routerConfig);
      await takeDocuments(persistedQueries);
      tell('good', () => log.info('the registry is followed'));
      if ('minDelaySeconds' in routerConfig) delayMs = Math.max(1, routerConfig.minDelaySeconds) * 1_000;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      tell(reason, () =>
        log.warn({ reason }, 'the registry delivers nothing at the moment; what is on disk stays in service'),
      );
    }
    if (stopped) return;
    timer = setTimeout(() => void poll(), delayMs);
    timer.unref();
  }
  void poll();

  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

/** Follows the registry of a router's configuration, if it has one. */
export const followRegistry = ({ registry, supergraphPath, documentsPath }: GatewayConfig, log: Logger) =>
  registry && followUplink({ ...registry, supergraphPath, documentsPath, log });
