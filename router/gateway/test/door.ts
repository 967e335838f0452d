import type { FrontDoorConfig } from '@community/front-door/config';
import { LIMITS } from '@community/front-door/engine-settings';
import { openPersistedDocuments } from '@community/front-door/persisted-documents';
import { createRemoteEngine } from '@community/front-door/remote-engine';
import { startFrontDoor } from '@community/front-door/server';
import { createLog } from '@community/kit/log';

/** A front door before Hive Router. @param base where that listens */
export async function startDoor(base: string, config: FrontDoorConfig) {
  const log = createLog('front-door', 'silent');
  const behind = createRemoteEngine({
    ...{ url: `${base}/graphql`, readyUrl: `${base}/readiness` },
    ...{ documents: openPersistedDocuments(undefined, log), log },
  });
  const { bodyBytes } = LIMITS;
  const door = await startFrontDoor(config, { name: 'front-door', log, behind, bodyBytes, unsharedHeaders: [] });
  return { url: `http://127.0.0.1:${door.port}/graphql`, stop: door.stop };
}
