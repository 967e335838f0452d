// Given to `node --import` before a service: OpenTelemetry changes modules as they are loaded, and a service's bundle loads all
// of its at once. Loaded only where an `OTEL_EXPORTER_*` variable asks for it: it costs about a second at start.
import { register } from 'node:module';
import { basename } from 'node:path';

/** Of these, what is imported and not required is changed, too. */
const IMPORTED = ['http', 'node:http', 'https', 'node:https', 'graphql', 'pg'];

if (Object.keys(process.env).some((name) => name.startsWith('OTEL_EXPORTER_'))) {
  register('import-in-the-middle/hook.mjs', import.meta.url, { data: { include: IMPORTED } });
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
    serviceName: process.env.OTEL_SERVICE_NAME ?? `community-${basename(process.argv[1] ?? 'node').split('.', 1)[0]}`,
    traceExporter: new OTLPTraceExporter(),
    instrumentations: [
      new HttpInstrumentation(),
      new GraphQLInstrumentation({ ignoreTrivialResolveSpans: true }),
      new PgInstrumentation(),
    ],
  });
  sdk.start();
  // For `stopTelemetry`, which stands in another module of its bundle.
  globalThis[Symbol.for('community.telemetry')] = sdk;
}
