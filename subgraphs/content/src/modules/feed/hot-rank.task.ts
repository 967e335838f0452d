import type { Transactions } from '@community/events/sql';
import type { Task } from '@community/jobs/task';
import type { Tx } from '../../database.ts';
import type { FeedStore } from './feed.store.ts';

export const HOT_RANK = 'hot_rank';
/** Each minute. */
export const HOT_RANK_CRON = '* * * * *';

/** Ranks the hottest posts anew. */
export function hotRankTask({ transactions, feeds }: { transactions: Transactions<Tx>; feeds: FeedStore }): Task {
  return () => transactions.run((tx) => feeds.rank(tx, Math.floor(Date.now() / 1_000)));
}
