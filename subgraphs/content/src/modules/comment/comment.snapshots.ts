import type { SnapshotSource } from '@community/events/snapshots';
import { commentEvents } from './comment.events.ts';
import type { CommentStore } from './comment.store.ts';

/** Tells every comment again, tombstones too. */
export function commentSnapshots(comments: CommentStore): SnapshotSource {
  return {
    name: 'comment',
    events: commentEvents,
    page: async (after, limit) =>
      (await comments.page(after, limit)).map(
        ({ id, postId, parentId, authorId, visibility, createdAt, eventVersion }) => ({
          type: 'comment.snapshot',
          aggregateId: id,
          aggregateVersion: eventVersion,
          payload: { commentId: id, postId, parentId, authorId, visibility, createdAt: createdAt.toISOString() },
        }),
      ),
  };
}
