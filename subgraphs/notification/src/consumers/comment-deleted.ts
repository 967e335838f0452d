import { handler } from '@community/events/handler';
import { z } from 'zod';
import type { Tx } from '../database.ts';
import { hiddenByModerator } from '../modules/act/moderation.ts';
import type { PendingStore } from '../modules/act/pending.store.ts';

const schema = z.object({ commentId: z.uuid(), authorId: z.uuid(), by: z.enum(['author', 'moderator']) });

/** A comment is gone: nobody is told of it any more, nor its author of what was done to it. */
export function commentDeleted(pending: PendingStore) {
  return handler<Tx, typeof schema>({
    schema,
    version: 1,
    mode: 'each',
    async handle(tx, { id, data, time }) {
      const at = new Date(time);
      await pending.removeSource(tx, data.commentId, at);
      await pending.retract(tx, data.authorId, data.commentId, at);
      if (data.by === 'moderator')
        await pending.add(tx, [hiddenByModerator('COMMENT', data.commentId, data.authorId, id, at)]);
    },
  });
}
