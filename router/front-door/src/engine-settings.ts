/** The most that one operation may ask, whatever engine answers it. */
export const LIMITS = {
  depth: 12,
  aliases: 30,
  directives: 50,
  tokens: 2_000,
  pageSize: 100,
  /** Objects that an operation can return at most, counting each list by the page that is asked for. */
  cost: 10_000,
  /** Operations in one HTTP request. */
  batch: 10,
  bodyBytes: 1024 * 1024,
  /** Sockets and streams that one engine carries. */
  streams: 100_000,
} as const;

/** A GET, or a POST that a page of another site could send without asking, must have one of these headers. */
export const CSRF_HEADERS: readonly string[] = ['apollo-require-preflight', 'x-graphql-csrf'];

export const TIMEOUTS = {
  connectMs: 2_000,
  /** For a subgraph's answer. */
  subgraphMs: 10_000,
  /** For the answer of an operation that asks several, one after another. */
  operationMs: 15_000,
  /** For the answer of an engine that is a process of its own: more than it gives itself. */
  engineMs: 20_000,
} as const;

/** What of a client's request subgraphs get to know; the front door has seen to its truth. */
export const PROPAGATED: readonly string[] = [
  'authorization',
  'x-client-address',
  'x-request-id',
  'traceparent',
  'apollographql-client-name',
  'apollographql-client-version',
];
