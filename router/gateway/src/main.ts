import { runProcess } from '@community/kit/run';
import { startTelemetry } from '@community/kit/telemetry';
import { readGatewayConfig } from './config.ts';

await runProcess(async () => {
  const config = readGatewayConfig();
  const stopTelemetry = await startTelemetry('gateway');
  // Loaded after telemetry, which instruments what is loaded behind it.
  const { startGateway } = await import('./gateway.ts');
  const gateway = await startGateway(config);
  return {
    port: gateway.port,
    async stop() {
      await gateway.stop();
      await stopTelemetry?.();
    },
  };
});
