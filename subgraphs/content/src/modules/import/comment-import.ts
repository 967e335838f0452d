import { emitAll } from '@community/events/outbox';
import { sourceId, text, time } from '@community/import/fields';
import { type ImportStep, importStep } from '@community/import/step';
import { z } from 'zod';
import type { Tx } from '../../database.ts';
import { renderMarkdown } from '../../markdown.ts';
import { commentEvents } from '../comment/comment.events.ts';
import { checkComment } from '../comment/comment.policy.ts';
import { type ImportTools, judge } from './tools.ts';

const form = z.object({
  id: sourceId,
  post: sourceId,
  parent: sourceId.nullish(),
  author: sourceId,
  body: text,
  createdAt: time,
});

/** Comments; an answer stands behind what it answers. */
export function commentImport({ transactions, store, idOf }: ImportTools): ImportStep<Tx> {
  return importStep({
    name: 'comments',
    file: 'comments.jsonl',
    form,
    async apply(tx, items) {
      const comments = items.map(({ line, item }) => ({
        line,
        id: idOf('comment', item.id),
        postId: idOf('post', item.post),
        parentId: item.parent ? idOf('comment', item.parent) : null,
        authorId: idOf('member', item.author),
        body: item.body,
        createdAt: item.createdAt,
      }));
      const posts = await store.lockPosts(
        tx,
        comments.map(({ postId }) => postId),
      );
      const above = await store.lockComments(
        tx,
        comments.flatMap(({ parentId }) => parentId ?? []),
      );
      const members = await store.membersAmong(tx, [...new Set(comments.map(({ authorId }) => authorId))]);
      const depthOf = ({ parentId }: { parentId: string | null }) =>
        parentId === null ? 0 : (above.get(parentId)?.depth ?? 0) + 1;
      const { good, refused } = judge(comments, (comment) => {
        const { postId, parentId, authorId } = comment;
        if (!posts.has(postId)) return 'post: there is no such post';
        if (!members.has(authorId)) return 'author: there is no such member';
        const parent = parentId === null ? null : above.get(parentId);
        if (parent === undefined || (parent && parent.postId !== postId))
          return 'parent: there is no such comment of this post before it';
        const fault = checkComment(comment, parent?.depth ?? null);
        if (!fault) above.set(comment.id, { authorId, postId, depth: depthOf(comment) });
        return fault?.message;
      });
      const rendered = good.map(({ line: _, ...comment }) => ({
        ...comment,
        depth: depthOf(comment),
        bodyHtml: renderMarkdown(comment.body),
      }));
      const added = await store.addComments(tx, rendered);
      await emitAll(
        transactions.sql(tx),
        commentEvents,
        rendered
          .filter(({ id }) => added.delete(id))
          .map(({ id, postId, parentId, authorId, createdAt }) => ({
            type: 'comment.created',
            aggregateId: id,
            aggregateVersion: 1,
            actorId: authorId,
            importedTime: createdAt,
            payload: {
              ...{ commentId: id, postId, parentId, authorId },
              postAuthorId: posts.get(postId)?.authorId ?? authorId,
              parentAuthorId: parentId ? (above.get(parentId)?.authorId ?? null) : null,
              mentionedIds: [],
            },
          })),
      );
      return refused;
    },
  });
}
