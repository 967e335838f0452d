import { ConfigError, readConfig } from '@community/kit/config';
import { createLog } from '@community/kit/log';
import { runProcess } from '@community/kit/run';
import { z } from 'zod';
import { readFrontDoorConfig } from './config.ts';
import { LIMITS } from './engine-settings.ts';
import { documentsPathIn, documentsVariables, openPersistedDocuments } from './persisted-documents.ts';
import { createRemoteEngine } from './remote-engine.ts';
import { startFrontDoor } from './server.ts';

/**
 * Runs the front door as a process of its own, before an engine at `ENGINE_URL`, which says at `ENGINE_READY_URL` that it
 * can answer, and follows the same file of persisted documents.
 */
await runProcess(async () => {
  const config = readFrontDoorConfig();
  const engine = readConfig({ ENGINE_URL: z.url(), ENGINE_READY_URL: z.url(), ...documentsVariables }, process.env);
  const { ENGINE_URL: url, ENGINE_READY_URL: readyUrl } = engine;
  if (!/^https?:/.test(url)) throw new ConfigError(`configuration: ENGINE_URL is ${url}, and not http or https`);
  const log = createLog('front-door', config.logLevel);
  const documents = openPersistedDocuments(documentsPathIn(engine), log);
  const behind = createRemoteEngine({ url, readyUrl, documents, log });
  return startFrontDoor(config, {
    ...{ name: 'front-door', log, behind, bodyBytes: LIMITS.bodyBytes, unsharedHeaders: [] },
  });
});
