import type { SnapshotSource } from '@community/events/snapshots';
import { postEvents } from './post.events.ts';
import type { PostStore } from './post.store.ts';

/** Tells every post again, tombstones too. */
export function postSnapshots(posts: PostStore): SnapshotSource {
  return {
    name: 'post',
    events: postEvents,
    page: async (after, limit) =>
      (await posts.page(after, limit)).map(
        ({ id, boardId, authorId, language, visibility, createdAt, eventVersion }) => ({
          type: 'post.snapshot',
          aggregateId: id,
          aggregateVersion: eventVersion,
          payload: { postId: id, boardId, authorId, language, visibility, createdAt: createdAt.toISOString() },
        }),
      ),
  };
}
