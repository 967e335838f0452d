import { type google, type ITrace, Trace } from '@apollo/usage-reporting-protobuf';

/** Apollo's duration histogram: bucket i holds durations up to 1.1^i microseconds, the last everything longer. */
const BUCKETS = 384;
const BUCKET_BASE = 1.1;

/** The library declares numbers, but 64-bit integers arrive as Long objects where the package `long` is installed. */
export function numberOf(value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'object' && value !== null && 'toNumber' in value && typeof value.toNumber === 'function') {
    return Number(value.toNumber());
  }
  return 0;
}

/** A timestamp in milliseconds; undefined when there is none or it is no possible date. */
export function milliseconds(timestamp: google.protobuf.ITimestamp | null | undefined): number | undefined {
  if (!timestamp) return undefined;
  const time = numberOf(timestamp.seconds) * 1000 + Math.floor(numberOf(timestamp.nanos) / 1e6);
  return time > 0 && !Number.isNaN(new Date(time).getTime()) ? time : undefined;
}

/**
 * The sum of the durations in a histogram, in milliseconds, taking each for the middle of its bucket (at most 5 % off).
 * A positive entry is the count of the next bucket, a negative one so many empty buckets.
 */
export function durationOf(histogram: unknown): number {
  if (!Array.isArray(histogram)) return 0;
  let microseconds = 0;
  let bucket = 0;
  for (const entry of histogram) {
    const count = numberOf(entry);
    if (count < 0) bucket -= count;
    else {
      // Bucket 0 is anything up to a microsecond: nothing.
      if (bucket > 0) microseconds += count * BUCKET_BASE ** (Math.min(bucket, BUCKETS - 1) - 0.5);
      bucket++;
    }
  }
  return microseconds / 1000;
}

/** Traces are declared as objects or their encoding; senders keep the latter, a decoded report has the former. */
export function traceOf(trace: ITrace | Uint8Array): ITrace {
  return trace instanceof Uint8Array ? Trace.decode(trace) : trace;
}

/** Whether anything failed in a request: in a resolver of the server itself, or in a subgraph of a gateway's plan. */
export function hasErrors(trace: ITrace): boolean {
  // Worklists that grow while they are iterated, not recursion: the depth is the sender's choice.
  const nodes: Trace.INode[] = trace.root ? [trace.root] : [];
  const plans: Trace.IQueryPlanNode[] = trace.queryPlan ? [trace.queryPlan] : [];
  for (const plan of plans) {
    if (plan.fetch?.trace?.root) nodes.push(plan.fetch.trace.root);
    for (const child of childrenOf(plan)) if (child) plans.push(child);
  }
  for (const node of nodes) {
    if (node.error?.length) return true;
    for (const child of node.child ?? []) nodes.push(child);
  }
  return false;
}

function childrenOf(plan: Trace.IQueryPlanNode): (Trace.IQueryPlanNode | null | undefined)[] {
  return [
    ...(plan.sequence?.nodes ?? []),
    ...(plan.parallel?.nodes ?? []),
    ...(plan.defer?.deferred ?? []).map(({ node }) => node),
    plan.defer?.primary?.node,
    plan.flatten?.node,
    plan.condition?.ifClause,
    plan.condition?.elseClause,
  ];
}
