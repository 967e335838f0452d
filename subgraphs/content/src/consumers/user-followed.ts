import { handler } from '@community/events/handler';
import { z } from 'zod';
import type { Tx } from '../database.ts';
import type { FollowStore } from '../modules/follow/follow.store.ts';

const schema = z.object({ followerId: z.uuid(), followeeId: z.uuid() });

/** A member follows another, or no longer does: she sees what that one writes though it is private, or not any more. */
export function userFollowed(follows: FollowStore, followed: boolean) {
  return handler<Tx, typeof schema>({
    schema,
    version: 1,
    mode: 'state',
    handle: (tx, { data: { followerId, followeeId } }) =>
      followed ? follows.add(tx, followerId, followeeId) : follows.remove(tx, followerId, followeeId),
  });
}
