import { handler } from '@community/events/handler';
import { z } from 'zod';
import type { Tx } from '../database.ts';
import type { PushStore } from '../modules/push/push.store.ts';

const schema = z.object({ sessionId: z.uuid() });

/** A session ended: the device that it ran on is told nothing any more. */
export function sessionRevoked(devices: PushStore) {
  return handler<Tx, typeof schema>({
    schema,
    version: 1,
    mode: 'each',
    handle: (tx, { data }) => devices.removeOfSession(tx, data.sessionId),
  });
}
