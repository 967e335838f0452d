import { runProcess } from '@community/kit/run';
import { readRegistryConfig } from './config.ts';
import { startRegistry } from './registry.ts';

await runProcess(() => startRegistry(readRegistryConfig()));
