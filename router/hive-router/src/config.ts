import path from 'node:path';
import { CSRF_HEADERS, LIMITS, PROPAGATED, TIMEOUTS } from '@community/front-door/engine-settings';
import { LAST_PLACE, labelOf, PLACE_HEADER } from '@community/front-door/override-labels';
import type { GatewayConfig } from '@community/gateway/config';
import { AUDIENCE_HEADER } from '@community/kit/audience';
import type { TraceExport } from '@community/kit/telemetry';

/** Which version of the router this configuration was tested with. */
export const TESTED_VERSION = '0.2.19';

/** What Hive Router must be told of the platform. */
export type HiveRouterSettings = Pick<
  GatewayConfig,
  | 'host'
  | 'port'
  | 'logLevel'
  | 'supergraphPath'
  | 'documentsPath'
  | 'safelist'
  | 'subgraphUrls'
  | 'routerSecret'
  | 'production'
  | 'registry'
  | 'overrideLabels'
>;

/** The levels that it knows; ours have more. */
const LOG_LEVELS: Readonly<Record<string, string>> = { debug: 'debug', info: 'info', warn: 'warn' };

const tracing = ({ serviceName, url, headers }: TraceExport): object => ({
  resource: { attributes: { 'service.name': serviceName } },
  tracing: {
    collect: { parent_based_sampler: true },
    propagation: { trace_context: true },
    exporters: [{ kind: 'otlp', protocol: 'http', endpoint: url, http: { headers } }],
  },
});

/** Labels by what the router asks of an operation: its place, by an expression, as its own percentages are drawn anew each time. */
const overrideLabels = (on: readonly string[], limits: readonly number[]): object => ({
  ...Object.fromEntries(on.map((label) => [label, true])),
  ...Object.fromEntries(
    limits.map((limit) => [
      labelOf(limit),
      {
        expression: `(to_int(string(.request.headers."${PLACE_HEADER}") ?? "${LAST_PLACE}") ?? ${LAST_PLACE}) < ${limit}`,
      },
    ]),
  ),
});

/**
 * Hive Router's configuration (its `router.config`): what holds for every engine comes from the shared settings. Who asks
 * is what connections to subgraphs are told apart by, so that two members never share one. Supergraph and documents are
 * files, so that the last ones are there when the registry is not.
 * @param limits of the places that go, which labels of the supergraph may name
 * @param traces where its traces are sent
 */
export function hiveRouterConfig(
  settings: HiveRouterSettings,
  limits: readonly number[] = [],
  traces?: TraceExport,
): object {
  const { registry } = settings;
  return {
    log: { level: LOG_LEVELS[settings.logLevel] ?? 'error', format: 'json' },
    supergraph: { source: 'file', path: path.resolve(settings.supergraphPath), poll_interval: '500ms' },
    http: { host: settings.host, port: settings.port },
    override_subgraph_urls: {
      subgraphs: Object.fromEntries(
        Object.entries(settings.subgraphUrls).map(([name, url]) => [name, { url: `${url}/graphql` }]),
      ),
    },
    override_labels: overrideLabels(settings.overrideLabels ?? [], limits),
    headers: {
      all: {
        request: [
          { propagate: { named: PROPAGATED } },
          { insert: { name: 'x-router-secret', value: settings.routerSecret } },
        ],
        response: [{ propagate: { named: [AUDIENCE_HEADER], algorithm: 'append' } }],
      },
    },
    csrf: { enabled: true, required_headers: CSRF_HEADERS },
    // Subgraphs say only what clients may know.
    error_masking: { enabled: false },
    introspection: !settings.production,
    limits: {
      max_depth: { n: LIMITS.depth, ignore_introspection: true, flatten_fragments: true },
      max_aliases: { n: LIMITS.aliases },
      max_directives: { n: LIMITS.directives },
      max_tokens: { n: LIMITS.tokens },
      max_request_body_size: `${LIMITS.bodyBytes}B`,
    },
    persisted_documents: {
      enabled: true,
      require_id: settings.safelist === 'enforce',
      log_missing_id: settings.safelist === 'log',
      storage: { type: 'file', path: path.resolve(settings.documentsPath), watch: true },
    },
    telemetry: {
      ...(traces ? tracing(traces) : {}),
      client_identification: {
        name_header: 'apollographql-client-name',
        version_header: 'apollographql-client-version',
      },
      ...(registry
        ? {
            hive: {
              token: registry.key,
              usage_reporting: {
                enabled: true,
                endpoint: `${registry.registryUrl}/usage/${registry.graphRef}`,
                // The input fields that were sent, and not all that could have been.
                process_variables: true,
              },
            },
          }
        : {}),
    },
    subscriptions: { enabled: true, websocket: { all: { path: '/graphql' } } },
    traffic_shaping: {
      all: { request_timeout: `${TIMEOUTS.subgraphMs}ms` },
      router: {
        request_timeout: `${TIMEOUTS.operationMs}ms`,
        max_long_lived_clients: LIMITS.streams,
        // Equal streams are merged by the front door; what the router merges it goes on with when nobody listens any more.
        // The headers say, too, which streams share a connection to a subgraph: those of one token, and those of none.
        dedupe: { enabled: false, headers: { include: ['authorization'] } },
      },
    },
  };
}
