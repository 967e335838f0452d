import { ConfigError, readConfig } from '@community/kit/config';
import { createLog } from '@community/kit/log';
import { runProcess } from '@community/kit/run';
import { z } from 'zod';
import { readFrontDoorConfig } from './config.ts';
import { LIMITS } from './engine-settings.ts';
import { createRemoteEngine } from './remote-engine.ts';
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
  const behind = createRemoteEngine(url, readyUrl, log);
  return startFrontDoor(config, { name: 'front-door', log, behind, bodyBytes: LIMITS.bodyBytes, unsharedHeaders: [] });
});
