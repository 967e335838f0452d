import { sourceId, time } from '@community/import/fields';
import { type ImportStep, importStep } from '@community/import/step';
import { z } from 'zod';
import type { Tx } from '../../database.ts';
import { type ImportTools, judge } from './tools.ts';

const form = z.object({ member: sourceId, post: sourceId, createdAt: time });

/** Bookmarks on posts that are shown; as those that members set here, none is counted or told of. */
export function bookmarkImport({ store, idOf }: ImportTools): ImportStep<Tx> {
  return importStep({
    name: 'bookmarks',
    file: 'bookmarks.jsonl',
    form,
    async apply(tx, items) {
      const bookmarks = items.map(({ line, item: { member, post, createdAt } }) => ({
        line,
        memberId: idOf('member', member),
        postId: idOf('post', post),
        createdAt,
      }));
      const posts = await store.postsAmong(tx, [...new Set(bookmarks.map(({ postId }) => postId))]);
      const members = await store.membersAmong(tx, [...new Set(bookmarks.map(({ memberId }) => memberId))]);
      const { good, refused } = judge(bookmarks, ({ postId, memberId }) => {
        if (!posts.has(postId)) return 'post: there is no such post';
        return members.has(memberId) ? null : 'member: there is no such member';
      });
      await store.addBookmarks(tx, good);
      return refused;
    },
  });
}
