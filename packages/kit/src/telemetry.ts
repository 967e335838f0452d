import { setTimeout } from 'node:timers/promises';

const isAsked = (env: NodeJS.ProcessEnv): boolean => Object.keys(env).some((name) => name.startsWith('OTEL_EXPORTER_'));

/** Where a program that is none of ours sends its traces, by OTLP over HTTP. */
export interface TraceExport {
  readonly serviceName: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * What our own services do by `telemetry-preload.mjs`, under the same conditions, for a program that does not read the
 * variables itself (OpenTelemetry specification, "OpenTelemetry Protocol Exporter").
 */
export function traceExportOf(serviceName: string, env: NodeJS.ProcessEnv = process.env): TraceExport | undefined {
  if (!isAsked(env)) return undefined;
  const base = (env.OTEL_EXPORTER_OTLP_ENDPOINT || 'http://localhost:4318').replace(/\/+$/, '');
  const headers = env.OTEL_EXPORTER_OTLP_TRACES_HEADERS || env.OTEL_EXPORTER_OTLP_HEADERS || '';
  return {
    serviceName: env.OTEL_SERVICE_NAME ?? `community-${serviceName}`,
    url: env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT || `${base}/v1/traces`,
    headers: Object.fromEntries(
      headers
        .split(',')
        .map((pair) => pair.split(/=(.*)/s, 2).map((part) => decodeURIComponent(part.trim())))
        .filter(([name]) => name),
    ),
  };
}

/** Longer than a collector that is there takes, shorter than whoever asked the process to stop waits. */
const LAST_REPORT_MS = 1_000;

/**
 * Sends what is left to tell, and stops what `telemetry-preload.mjs` has started; at once where telemetry was not asked for.
 * A collector that is away does not hold up a process that stops.
 */
export async function stopTelemetry(): Promise<void> {
  const started = Reflect.get(globalThis, Symbol.for('community.telemetry')) as
    | { shutdown(): Promise<void> }
    | undefined;
  const told = started?.shutdown().catch(() => {});
  await Promise.race([told, setTimeout(LAST_REPORT_MS, undefined, { ref: false })]);
}
