import { emit, outboxRow } from '@community/events/outbox';
import type { Transactions } from '@community/events/sql';
import { newId } from '@community/kit/ids';
import type { Member } from '@community/kit/member';
import type { Tx } from '../../database.ts';
import { mentionsIn, renderMarkdown } from '../../markdown.ts';
import type { AudienceStore } from '../audience/audience.store.ts';
import type { MentionStore } from '../mention/mention.store.ts';
import type { CaseStore } from '../moderation/case.store.ts';
import type { PostStore } from '../post/post.store.ts';
import type { Post } from '../post/post.ts';
import type { Admitted } from '../validation/validation.ts';
import { commentEvents } from './comment.events.ts';
import type { CommentStore } from './comment.store.ts';
import type { Comment } from './comment.ts';

export type CommentPublisher = ReturnType<typeof createCommentPublisher>;

/** What a comment answers, both locked. */
export interface Place {
  readonly post: Post;
  /** Null at the top. */
  readonly parent: Comment | null;
}

/** Makes comments of words that were read and judged, counts them, tells of them, and says to whom they speak. */
export function createCommentPublisher({
  transactions,
  comments,
  posts,
  audience,
  mentions,
  cases,
}: {
  transactions: Transactions<Tx>;
  comments: CommentStore;
  posts: PostStore;
  audience: AudienceStore;
  mentions: MentionStore;
  cases: CaseStore;
}) {
  /** The event that tells of a comment, and whom it mentions. */
  async function eventOf(
    tx: Tx,
    comment: Pick<Comment, 'id' | 'authorId' | 'body'>,
    { post, parent }: Place,
    aggregateVersion: number,
  ) {
    const called = await mentions.membersCalled(tx, mentionsIn(comment.body));
    const mentionedIds = await audience.viewersAmong(tx, comment.authorId, called);
    return {
      type: 'comment.created' as const,
      aggregateId: comment.id,
      aggregateVersion,
      actorId: comment.authorId,
      payload: {
        commentId: comment.id,
        postId: post.id,
        parentId: parent?.id ?? null,
        authorId: comment.authorId,
        postAuthorId: post.authorId,
        parentAuthorId: parent?.authorId ?? null,
        mentionedIds,
      },
    };
  }

  return {
    /** Adds a comment, or keeps it until a moderator has looked at it: then it is counted and told of when it is released. */
    async publish(tx: Tx, member: Member, place: Place, body: string, { heldFor }: Admitted): Promise<Comment> {
      const { post, parent } = place;
      const draft = {
        id: newId(),
        postId: post.id,
        parentId: parent?.id ?? null,
        depth: parent ? parent.depth + 1 : 0,
        authorId: member.id,
        body,
        bodyHtml: renderMarkdown(body),
      };
      if (heldFor) {
        const comment = await comments.create(tx, { ...draft, visibility: 'HELD' }, null);
        await cases.open(tx, { kind: 'COMMENT', id: comment.id, authorId: member.id, origin: 'HELD', heldFor });
        return comment;
      }
      const told = outboxRow(transactions.sql(tx), commentEvents, await eventOf(tx, draft, place, 1));
      const comment = await comments.create(tx, { ...draft, visibility: 'PUBLIC' }, told);
      if (parent) await comments.addReply(tx, parent.id);
      return comment;
    },

    /** Shows a locked comment that was held; its post is locked too. */
    async release(tx: Tx, { id, postId, parentId }: Comment): Promise<void> {
      const { comment, eventVersion } = await comments.change(tx, id, { visibility: 'PUBLIC' });
      const post = await posts.byId(tx, postId);
      if (!post) throw new Error(`post ${postId} of comment ${id} is gone`);
      const parent = parentId ? await comments.byId(tx, parentId) : null;
      await posts.addComments(tx, post.id, 1);
      if (parent) await comments.addReply(tx, parent.id);
      await emit(transactions.sql(tx), commentEvents, await eventOf(tx, comment, { post, parent }, eventVersion));
    },
  };
}
