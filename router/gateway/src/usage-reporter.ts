import type { Logger } from '@community/kit/log';
import { Counter } from 'prom-client';

const FLUSH_MS = 10_000;
const REQUEST_MS = 10_000;
/** Documents, clients and hours that are told apart between two reports; what is beyond is dropped and counted. */
const ENTRIES = 5_000;
const HOUR_MS = 3_600_000;

const dropped = new Counter({
  name: 'gateway_usage_dropped_total',
  help: 'Uses that were not reported to the registry',
});

/** One execution. */
export interface Use {
  /** As the client wrote it. */
  readonly document: string;
  readonly operationName: string | null;
  readonly persistedId: string | undefined;
  /** What the document uses by its text. */
  readonly coordinates: readonly string[];
  /** What the values of its variables used beyond that; never the values themselves. */
  readonly inputs: readonly string[];
  readonly clientName: string;
  readonly clientVersion: string;
  readonly failed: boolean;
  readonly durationMs: number;
}

interface Entry {
  readonly document: string;
  readonly operationName: string | null;
  readonly persistedId: string | undefined;
  readonly coordinates: readonly string[];
  readonly inputs: Record<string, number>;
  readonly client: { readonly name: string; readonly version: string };
  readonly hour: string;
  requests: number;
  errors: number;
  durationMs: number;
}

/**
 * Sums what clients use, by the hour, and reports it to the registry. Never in the way of a request: a registry that
 * does not answer costs memory up to a bound, and then reports.
 */
export function createUsageReporter(options: {
  registryUrl: string;
  key: string;
  graphRef: string;
  log: Logger;
  flushMs?: number;
}) {
  let entries = new Map<string, Entry>();
  let sending: Promise<void> = Promise.resolve();

  async function send(batch: Map<string, Entry>): Promise<void> {
    try {
      const response = await fetch(`${options.registryUrl}/usage`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-api-key': options.key },
        body: JSON.stringify({ graphRef: options.graphRef, operations: [...batch.values()] }),
        signal: AbortSignal.timeout(REQUEST_MS),
      });
      if (response.ok) return;
      const reason = await response.text();
      // What the registry refuses once it refuses again.
      if (response.status < 500) {
        dropped.inc(batch.size);
        options.log.warn({ status: response.status, reason }, 'the registry refused a report of use');
        return;
      }
      throw new Error(`${response.status} ${reason}`);
    } catch (error) {
      options.log.debug({ err: error }, 'a report of use waits for the registry');
      for (const [key, entry] of batch) merge(key, entry);
    }
  }

  function merge(key: string, entry: Entry): void {
    const known = entries.get(key);
    if (!known) {
      if (entries.size >= ENTRIES) dropped.inc();
      else entries.set(key, entry);
      return;
    }
    known.requests += entry.requests;
    known.errors += entry.errors;
    known.durationMs += entry.durationMs;
    for (const [name, count] of Object.entries(entry.inputs)) known.inputs[name] = (known.inputs[name] ?? 0) + count;
  }

  function flush(): Promise<void> {
    sending = sending.then(async () => {
      if (entries.size === 0) return;
      const batch = entries;
      entries = new Map();
      await send(batch);
    });
    return sending;
  }
  const timer = setInterval(() => void flush(), options.flushMs ?? FLUSH_MS);
  timer.unref();

  return {
    record(use: Use): void {
      const hour = new Date(Math.floor(Date.now() / HOUR_MS) * HOUR_MS).toISOString();
      const key = `${hour}\n${use.clientName}\n${use.clientVersion}\n${use.operationName ?? ''}\n${use.document}`;
      merge(key, {
        document: use.document,
        operationName: use.operationName,
        persistedId: use.persistedId,
        coordinates: use.coordinates,
        inputs: Object.fromEntries(use.inputs.map((name) => [name, 1])),
        client: { name: use.clientName, version: use.clientVersion },
        hour,
        requests: 1,
        errors: use.failed ? 1 : 0,
        durationMs: use.durationMs,
      });
    },
    flush,
    async stop(): Promise<void> {
      clearInterval(timer);
      await flush();
    },
  };
}

export type UsageReporter = ReturnType<typeof createUsageReporter>;
