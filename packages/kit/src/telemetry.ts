const isAsked = (env: NodeJS.ProcessEnv): boolean => Object.keys(env).some((name) => name.startsWith('OTEL_EXPORTER_'));

const nameOf = (serviceName: string, env: NodeJS.ProcessEnv): string =>
  env.OTEL_SERVICE_NAME ?? `community-${serviceName}`;

/** Where a program that is none of ours sends its traces, by OTLP over HTTP. */
export interface TraceExport {
  readonly serviceName: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * What `startTelemetry` would do, for a program that does not read the variables itself (OpenTelemetry specification,
 * "OpenTelemetry Protocol Exporter").
 */
export function traceExportOf(serviceName: string, env: NodeJS.ProcessEnv = process.env): TraceExport | undefined {
  if (!isAsked(env)) return undefined;
  const base = (env.OTEL_EXPORTER_OTLP_ENDPOINT || 'http://localhost:4318').replace(/\/+$/, '');
  const headers = env.OTEL_EXPORTER_OTLP_TRACES_HEADERS || env.OTEL_EXPORTER_OTLP_HEADERS || '';
  return {
    serviceName: nameOf(serviceName, env),
    url: env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT || `${base}/v1/traces`,
    headers: Object.fromEntries(
      headers
        .split(',')
        .map((pair) => pair.split(/=(.*)/s, 2).map((part) => decodeURIComponent(part.trim())))
        .filter(([name]) => name),
    ),
  };
}

/**
 * Starts OpenTelemetry when an `OTEL_EXPORTER_*` variable asks for it. It is loaded only then: it costs about a second
 * at start. Must run before the modules that it instruments are loaded.
 * @returns a function that flushes and stops, or undefined where telemetry was not asked for
 */
export async function startTelemetry(
  serviceName: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<(() => Promise<void>) | undefined> {
  if (!isAsked(env)) return undefined;
  const [
    { NodeSDK },
    { OTLPTraceExporter },
    { HttpInstrumentation },
    { GraphQLInstrumentation },
    { PgInstrumentation },
  ] = await Promise.all([
    import('@opentelemetry/sdk-node'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/instrumentation-http'),
    import('@opentelemetry/instrumentation-graphql'),
    import('@opentelemetry/instrumentation-pg'),
  ]);
  const sdk = new NodeSDK({
    serviceName: nameOf(serviceName, env),
    traceExporter: new OTLPTraceExporter(),
    instrumentations: [
      new HttpInstrumentation(),
      new GraphQLInstrumentation({ ignoreTrivialResolveSpans: true }),
      new PgInstrumentation(),
    ],
  });
  sdk.start();
  return () => sdk.shutdown();
}
