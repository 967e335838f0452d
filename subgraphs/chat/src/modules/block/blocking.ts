import type { Tx } from '../../database.ts';
import type { CohortStore } from '../stream/cohort.store.ts';
import type { BlockStore } from './block.store.ts';

export type Blocking = ReturnType<typeof createBlocking>;

/** Takes blocks over from user: with a new one, the streams end that the two shared with others. */
export function createBlocking({ blocks, cohorts }: { blocks: BlockStore; cohorts: CohortStore }) {
  async function block(tx: Tx, blockerId: string, blockedIds: readonly string[]): Promise<void> {
    if (blockedIds.length === 0) return;
    await blocks.lockMembers(tx, [blockerId, ...blockedIds]);
    await blocks.add(tx, blockerId, blockedIds);
    await cohorts.endOfPairs(tx, blockerId, blockedIds);
  }

  return {
    block,

    /** Makes these all whom a member blocks. */
    async replace(tx: Tx, blockerId: string, blockedIds: readonly string[]): Promise<void> {
      await block(tx, blockerId, await blocks.keepOnly(tx, blockerId, blockedIds));
    },
  };
}
