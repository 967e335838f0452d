import type { Transactions } from '@community/events/sql';
import type { Task } from '@community/jobs/task';
import type { Tx } from '../../database.ts';
import type { PostStore } from '../post/post.store.ts';
import type { ReplyRecountStore } from './reply-recount.store.ts';

export const REPLY_RECOUNT = 'reply_recount';
/** Each minute, until it is done: then it is one look at an empty table. */
export const REPLY_RECOUNT_CRON = '* * * * *';

/**
 * Puts right the counts of answers that were made before a count fell with what was taken away (decision 0064). One post
 * a transaction, locked as by everybody who counts its comments; one that ended early goes on where it was.
 */
export function replyRecountTask({
  transactions,
  posts,
  recounts,
}: {
  transactions: Transactions<Tx>;
  posts: PostStore;
  recounts: ReplyRecountStore;
}): Task {
  return async () => {
    for (let page = await recounts.next(); page; page = await recounts.next()) {
      for (const postId of page.postIds)
        await transactions.run(async (tx) => {
          await posts.lock(tx, postId);
          await recounts.recount(tx, postId);
        });
      if (!(await recounts.done(page))) return;
    }
  };
}
