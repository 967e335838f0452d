import { type IContextualizedStats, type ITracesAndStats, Report } from '@apollo/usage-reporting-protobuf';
import { durationOf, hasErrors, milliseconds, numberOf, traceOf } from './apollo-traces.ts';
import { inflate, reason } from './body.ts';
import { hourOf, isName, quoted, ReportError, type ReportedOperation, type Totals } from './reported-operation.ts';

/**
 * Decodes what Apollo Server and Router send to `/api/ingress/traces`. Operations that could not be executed (kinds such
 * as `## GraphQLParseFailure`) use nothing of the schema and are left out.
 *
 * @throws ReportError when the body is not a readable report
 */
export function decodeApolloReport(
  body: Uint8Array,
  contentEncoding: string | undefined,
): { graphRef: string; operations: ReportedOperation[] } {
  const report = parse(inflate(body, contentEncoding));
  const graphRef = report.header?.graphRef;
  if (!graphRef) throw new ReportError('The report names no graph: header.graph_ref is empty.');
  const operations: ReportedOperation[] = [];
  let hour: Date | undefined;
  for (const [key, entry] of Object.entries(report.tracesPerQuery)) {
    if (key.startsWith('## ')) continue;
    const operation = identityOf(key);
    const coordinates = coordinatesOf(key, entry);
    hour ??= hourOf(endTimeOf(report));
    for (const { client, totals } of totalsByClient(entry, report.tracesPreAggregated)) {
      operations.push({ ...operation, precision: 'fields', coordinates, client, hour, ...totals });
    }
  }
  return { graphRef, operations };
}

function parse(bytes: Uint8Array): Report {
  try {
    return Report.decode(bytes);
  } catch (cause) {
    // Includes the stack overflow that absurdly nested trace nodes cause in the library.
    throw new ReportError(`The body is not an Apollo usage report (protobuf): ${reason(cause)}.`, { cause });
  }
}

/** The key is `# Name\nsignature` (`-` for no name), or `pq# id` when Router executed a persisted query. */
function identityOf(key: string): Pick<ReportedOperation, 'document' | 'operationName' | 'persistedId'> {
  if (key.startsWith('pq# ')) {
    const persistedId = key.slice('pq# '.length).trim();
    if (persistedId) return { document: '', operationName: null, persistedId };
  }
  const lineEnd = key.indexOf('\n');
  const name = key.slice('# '.length, lineEnd).trim();
  if (!key.startsWith('# ') || lineEnd < 0 || !(name === '-' || isName(name))) {
    throw new ReportError(
      `traces_per_query: the key ${quoted(key)} is neither "# Name\\nsignature" nor "pq# id" nor "## Kind".`,
    );
  }
  return { document: key.slice(lineEnd + 1), operationName: name === '-' ? null : name };
}

function coordinatesOf(key: string, entry: ITracesAndStats): string[] {
  const coordinates = new Set<string>();
  for (const [type, { fieldNames }] of Object.entries(entry.referencedFieldsByType ?? {})) {
    for (const field of fieldNames ?? []) {
      if (!isName(type) || !isName(field)) {
        throw new ReportError(
          `traces_per_query[${quoted(key)}].referenced_fields_by_type: ${quoted(`${type}.${field}`)} is no field.`,
        );
      }
      if (!type.startsWith('__') && !field.startsWith('__')) coordinates.add(`${type}.${field}`);
    }
  }
  return [...coordinates].sort();
}

/** The report's time holds for all its requests; without one it is that of the latest trace (as the format says). */
function endTimeOf(report: Report): number {
  const own = milliseconds(report.endTime);
  if (own !== undefined) return own;
  let latest: number | undefined;
  for (const entry of Object.values(report.tracesPerQuery)) {
    for (const trace of entry.trace ?? []) {
      const end = milliseconds(traceOf(trace).endTime);
      if (end !== undefined && (latest === undefined || end > latest)) latest = end;
    }
  }
  if (latest === undefined) throw new ReportError('The report has no valid end_time, and none of its traces has one.');
  return latest;
}

/** Senders may hold the statistics in any object with `toArray`; a decoded report has an array. */
function statsOf({ statsWithContext }: ITracesAndStats): IContextualizedStats[] {
  return Array.isArray(statsWithContext) ? statsWithContext : (statsWithContext?.toArray() ?? []);
}

interface ClientTotals {
  readonly client: ReportedOperation['client'];
  readonly totals: Totals;
}

function totalsByClient(entry: ITracesAndStats, tracesPreAggregated: boolean): ClientTotals[] {
  const clients = new Map<string, ClientTotals>();
  const add = (name: string, version: string, more: Totals) => {
    if (more.requests === 0) return;
    const key = JSON.stringify([name, version]);
    const known = clients.get(key);
    if (!known) return clients.set(key, { client: { name, version }, totals: more });
    known.totals.requests += more.requests;
    known.totals.errors += more.errors;
    known.totals.durationMs += more.durationMs;
  };
  for (const { context, queryLatencyStats } of statsOf(entry)) {
    add(context?.clientName ?? '', context?.clientVersion ?? '', {
      requests: numberOf(queryLatencyStats?.requestCount),
      errors: numberOf(queryLatencyStats?.requestsWithErrorsCount),
      durationMs: durationOf(queryLatencyStats?.latencyCount) + durationOf(queryLatencyStats?.cacheLatencyCount),
    });
  }
  // Pre-aggregated means that the traces are samples of requests that the statistics have counted already.
  for (const encoded of tracesPreAggregated ? [] : (entry.trace ?? [])) {
    const trace = traceOf(encoded);
    const durationMs = numberOf(trace.durationNs) / 1e6;
    add(trace.clientName ?? '', trace.clientVersion ?? '', {
      requests: 1,
      errors: hasErrors(trace) ? 1 : 0,
      durationMs,
    });
  }
  return [...clients.values()];
}
