import { Counter, collectDefaultMetrics, Gauge, Histogram, register } from 'prom-client';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const OPERATION_NAMES = 500;

export const httpRequestDuration = new Histogram({
  name: 'http_request_duration_seconds',
  help: 'Duration of HTTP requests in seconds',
  labelNames: ['method', 'route', 'status_code'],
  buckets: SECONDS,
});

export const httpRequestsTotal = new Counter({
  name: 'http_requests_total',
  help: 'Total number of HTTP requests',
  labelNames: ['method', 'route', 'status_code'],
});

export const graphqlOperationDuration = new Histogram({
  name: 'graphql_operation_duration_seconds',
  help: 'Duration of GraphQL operations in seconds, by operation name',
  labelNames: ['operation', 'outcome'],
  buckets: SECONDS,
});

export const databaseStatementsTotal = new Counter({
  name: 'database_statements_total',
  help: 'SQL statements sent, on behalf of a request or of background work',
  labelNames: ['source'],
});

export const liveSocketsOpen = new Gauge({
  name: 'live_sockets_open',
  help: 'WebSocket connections that are open',
});

export const liveStreamsOpen = new Gauge({
  name: 'live_streams_open',
  help: 'Subscriptions that are open, as they are sent to clients',
});

export const liveEventsTotal = new Counter({
  name: 'live_events_total',
  help: 'Events of subscriptions that were executed',
});

export const liveSocketsCutTotal = new Counter({
  name: 'live_sockets_cut_total',
  help: 'Connections that were closed on the peer, by reason',
  labelNames: ['reason'],
});

const seenOperations = new Set<string>();

/** A label for an operation's name. Names come from clients, so only so many different ones are told apart. */
export function operationLabel(name: string | null | undefined): string {
  if (!name) return 'anonymous';
  if (seenOperations.has(name)) return name;
  if (seenOperations.size >= OPERATION_NAMES) return 'other';
  seenOperations.add(name);
  return name;
}

let collecting = false;

/** Starts the process's own metrics (CPU, memory, event loop) once. */
export function collectProcessMetrics(): void {
  if (collecting) return;
  collecting = true;
  collectDefaultMetrics();
}

/** All metrics in Prometheus' text format, with the content type to send them by. */
export async function renderMetrics(): Promise<{ contentType: string; body: string }> {
  return { contentType: register.contentType, body: await register.metrics() };
}
