import { emitAll } from '@community/events/outbox';
import { sourceId, text, time } from '@community/import/fields';
import { type ImportStep, importStep } from '@community/import/step';
import { z } from 'zod';
import type { Tx } from '../../database.ts';
import { renderMarkdown } from '../../markdown.ts';
import { postEvents } from '../post/post.events.ts';
import { checkPost } from '../post/post.policy.ts';
import { type ImportTools, judge } from './tools.ts';

const form = z.object({
  id: sourceId,
  board: sourceId,
  author: sourceId,
  title: text,
  body: text,
  language: z.string().default('en'),
  createdAt: time,
});

/** Posts as they were written; nobody is told that she is mentioned in an old one. */
export function postImport({ transactions, store, idOf }: ImportTools): ImportStep<Tx> {
  return importStep({
    name: 'posts',
    file: 'posts.jsonl',
    form,
    async apply(tx, items) {
      const posts = items.map(({ line, item: { id, board, author, ...words } }) => ({
        ...words,
        line,
        id: idOf('post', id),
        boardId: idOf('board', board),
        authorId: idOf('member', author),
      }));
      const boards = await store.boardsAmong(tx, [...new Set(posts.map(({ boardId }) => boardId))]);
      const members = await store.membersAmong(tx, [...new Set(posts.map(({ authorId }) => authorId))]);
      const { good, refused } = judge(posts, (post) => {
        if (!boards.has(post.boardId)) return 'board: there is no such board';
        return members.has(post.authorId) ? checkPost(post)?.message : 'author: there is no such member';
      });
      const rendered = good.map(({ line: _, ...post }) => ({ ...post, bodyHtml: renderMarkdown(post.body) }));
      const added = await store.addPosts(tx, rendered);
      await emitAll(
        transactions.sql(tx),
        postEvents,
        rendered
          .filter(({ id }) => added.delete(id))
          .map(({ id, boardId, authorId, language, createdAt }) => ({
            type: 'post.published',
            aggregateId: id,
            aggregateVersion: 1,
            actorId: authorId,
            importedTime: createdAt,
            payload: { postId: id, boardId, authorId, language, mentionedIds: [] },
          })),
      );
      return refused;
    },
  });
}
