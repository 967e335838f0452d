import type { Transactions } from '@community/events/sql';
import { isId } from '@community/kit/ids';
import type { Member } from '@community/kit/member';
import { isProblem, type NotFound, type NotSignedIn, notFound, requireMember } from '@community/kit/problem';
import type { Tx } from '../../database.ts';
import type { PostStore } from '../post/post.store.ts';
import type { BookmarkStore } from './bookmark.store.ts';

export type BookmarkService = ReturnType<typeof createBookmarkService>;

/** Bookmarks of posts. They are the member's own: no counter counts them, and no event tells of them. */
export function createBookmarkService({
  transactions,
  bookmarks,
  posts,
}: {
  transactions: Transactions<Tx>;
  bookmarks: BookmarkStore;
  posts: PostStore;
}) {
  return {
    /**
     * Sets a bookmark on a post that the member may see, or takes hers away, whatever became of the post. What is done
     * already is done well again. @returns the post's id
     */
    async set(
      viewer: Member | null,
      postId: string,
      bookmarked: boolean,
    ): Promise<{ readonly id: string } | NotSignedIn | NotFound> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      if (!isId(postId)) return notFound('post', ['input', 'postId']);
      return transactions.run(async (tx) => {
        if (!bookmarked) {
          await bookmarks.remove(tx, member.id, postId);
          return { id: postId };
        }
        if (!(await posts.shownTo(tx, postId, member.id, { lock: false })))
          return notFound('post', ['input', 'postId']);
        await bookmarks.add(tx, member.id, postId);
        return { id: postId };
      });
    },
  };
}
