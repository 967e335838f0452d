import { handler } from '@community/events/handler';
import { z } from 'zod';
import type { Tx } from '../database.ts';
import type { PendingStore } from '../modules/act/pending.store.ts';

const schema = z.object({ messageId: z.uuid() });

/** A message is gone: whom it mentioned is told of it no more. */
export function messageDeleted(pending: PendingStore) {
  return handler<Tx, typeof schema>({
    schema,
    version: 1,
    mode: 'each',
    handle: (tx, { data, time }) => pending.removeSource(tx, data.messageId, new Date(time)),
  });
}
