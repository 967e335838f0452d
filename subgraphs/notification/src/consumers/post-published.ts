import { handler } from '@community/events/handler';
import { z } from 'zod';
import type { Tx } from '../database.ts';
import { mentions } from '../modules/act/mention.ts';
import type { PendingStore } from '../modules/act/pending.store.ts';

const schema = z.object({ postId: z.uuid(), authorId: z.uuid(), mentionedIds: z.array(z.uuid()).default([]) });

/** A post was published: whom it mentions is told. */
export function postPublished(pending: PendingStore) {
  return handler<Tx, typeof schema>({
    schema,
    version: 1,
    mode: 'each',
    handleAll: (tx, events) =>
      pending.add(
        tx,
        events.flatMap(({ data: { postId, ...text }, time }) =>
          mentions('POST', { ...text, id: postId, writtenAt: new Date(time) }),
        ),
      ),
  });
}
