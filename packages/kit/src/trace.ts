import { randomBytes } from '@community/events/random';

const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/;

/** The trace id of a W3C `traceparent` header (Trace Context, section 3.2), or a new one where there is none. */
export function traceIdOf(traceparent: string | undefined): string {
  const traceId = traceparent ? TRACEPARENT.exec(traceparent)?.[1] : undefined;
  return traceId && !/^0+$/.test(traceId) ? traceId : randomBytes(16).toString('hex');
}

/** A `traceparent` header for a call made within the trace. */
export function traceparentOf(traceId: string): string {
  return `00-${traceId}-${randomBytes(8).toString('hex')}-01`;
}
