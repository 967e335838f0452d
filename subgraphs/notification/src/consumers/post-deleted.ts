import { handler } from '@community/events/handler';
import { z } from 'zod';
import type { Tx } from '../database.ts';
import { hiddenByModerator } from '../modules/act/moderation.ts';
import type { PendingStore } from '../modules/act/pending.store.ts';

const schema = z.object({ postId: z.uuid(), authorId: z.uuid(), by: z.enum(['author', 'moderator']) });

/** A post is gone: nobody is told of it any more, nor its author of what was done to it. */
export function postDeleted(pending: PendingStore) {
  return handler<Tx, typeof schema>({
    schema,
    version: 1,
    mode: 'each',
    async handle(tx, { id, data, time }) {
      const at = new Date(time);
      await pending.removeSource(tx, data.postId, at);
      await pending.retract(tx, data.authorId, data.postId, at);
      if (data.by === 'moderator')
        await pending.add(tx, [hiddenByModerator('POST', data.postId, data.authorId, id, at)]);
    },
  });
}
