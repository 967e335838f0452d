import { runProcess } from '@community/kit/run';
import { readGatewayConfig } from './config.ts';
import { startGateway } from './gateway.ts';

await runProcess(() => startGateway(readGatewayConfig()));
