import { emitAll } from '@community/events/outbox';
import { sourceId, time } from '@community/import/fields';
import { type ImportStep, importStep } from '@community/import/step';
import { z } from 'zod';
import type { Tx } from '../../database.ts';
import { likeEvents } from '../like/like.events.ts';
import { type ImportTools, judge } from './tools.ts';

const form = z
  .object({ member: sourceId, post: sourceId.optional(), comment: sourceId.optional(), createdAt: time })
  .refine(({ post, comment }) => (post === undefined) !== (comment === undefined), {
    error: 'a like is of a post or of a comment',
  });

export function likeImport({ transactions, store, idOf }: ImportTools): ImportStep<Tx> {
  return importStep({
    name: 'likes',
    file: 'likes.jsonl',
    form,
    async apply(tx, items) {
      const likes = items.map(({ line, item: { member, post, comment, createdAt } }) => ({
        line,
        memberId: idOf('member', member),
        kind: post === undefined ? ('comment' as const) : ('post' as const),
        id: post === undefined ? idOf('comment', comment ?? '') : idOf('post', post),
        createdAt,
      }));
      const idsOf = (kind: 'post' | 'comment') => likes.filter((like) => like.kind === kind).map(({ id }) => id);
      const posts = await store.lockPosts(tx, idsOf('post'));
      const comments = await store.lockComments(tx, idsOf('comment'));
      const members = await store.membersAmong(tx, [...new Set(likes.map(({ memberId }) => memberId))]);
      const { good, refused } = judge(likes, ({ kind, id, memberId }) => {
        if (!(kind === 'post' ? posts : comments).has(id)) return `${kind}: there is no such ${kind}`;
        return members.has(memberId) ? null : 'member: there is no such member';
      });
      const onPosts = await store.likePosts(
        tx,
        good.filter(({ kind }) => kind === 'post'),
      );
      const onComments = await store.likeComments(
        tx,
        good.filter(({ kind }) => kind === 'comment'),
      );
      await emitAll(transactions.sql(tx), likeEvents, [
        ...onPosts.map(({ id, memberId, createdAt, version }) => ({
          type: 'post.liked' as const,
          aggregateId: id,
          aggregateVersion: version,
          actorId: memberId,
          importedTime: createdAt,
          payload: { postId: id, authorId: posts.get(id)?.authorId ?? '', memberId },
        })),
        ...onComments.map(({ id, memberId, createdAt, version }) => ({
          type: 'comment.liked' as const,
          aggregateId: id,
          aggregateVersion: version,
          actorId: memberId,
          importedTime: createdAt,
          payload: { commentId: id, authorId: comments.get(id)?.authorId ?? '', memberId },
        })),
      ]);
      return refused;
    },
  });
}
