import { ConfigError, readConfig } from '@community/kit/config';
import { createLog } from '@community/kit/log';
import { runProcess } from '@community/kit/run';
import { z } from 'zod';
import { readFrontDoorConfig } from './config.ts';
import { LIMITS } from './engine-settings.ts';
import { createOperationGuard } from './operation-guard.ts';
import { createProxy } from './proxy.ts';
import { createRelay } from './relay.ts';
import { startFrontDoor } from './server.ts';

/** Runs the front door as a process of its own, before an engine at `ENGINE_URL`, which says at `ENGINE_READY_URL` that it can answer. */
await runProcess(async () => {
  const config = readFrontDoorConfig();
  const { ENGINE_URL: url, ENGINE_READY_URL: readyUrl } = readConfig(
    { ENGINE_URL: z.url(), ENGINE_READY_URL: z.url() },
    process.env,
  );
  if (!/^https?:/.test(url)) throw new ConfigError(`configuration: ENGINE_URL is ${url}, and not http or https`);
  const log = createLog('front-door', config.logLevel);
  const guard = createOperationGuard();
  const proxy = createProxy({ url, readyUrl, guard, log });
  const relay = createRelay(url, guard);
  return startFrontDoor(config, {
    name: 'front-door',
    log,
    behind: { ...proxy, upgrade: relay.upgrade, operationOf: () => undefined, drain: relay.stop },
    bodyBytes: LIMITS.bodyBytes,
    unsharedHeaders: [],
  });
});
