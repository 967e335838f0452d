import { handler } from '@community/events/handler';
import { z } from 'zod';
import type { Tx } from '../database.ts';
import type { Blocking } from '../modules/block/blocking.ts';
import type { KnownMemberStore } from '../modules/known-member/known-member.store.ts';

const schema = z.object({ userId: z.uuid(), blockedIds: z.array(z.uuid()) });

/** All that user knows of a member: that there is one, and the projection of her blocks made anew. */
export function userSnapshot(blocking: Blocking, known: KnownMemberStore) {
  return handler<Tx, typeof schema>({
    schema,
    version: 1,
    mode: 'state',
    async handle(tx, { data }) {
      await known.add(tx, [data.userId]);
      await blocking.replace(tx, data.userId, data.blockedIds);
    },
  });
}
