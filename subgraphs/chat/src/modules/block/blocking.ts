import type { Tx } from '../../database.ts';
import type { Bell } from '../stream/bell.ts';
import type { CohortStore } from '../stream/cohort.store.ts';
import type { BlockStore } from './block.store.ts';

export type Blocking = ReturnType<typeof createBlocking>;

/** Takes blocks over from user: with a new one, the streams end that the two shared with others. */
export function createBlocking({
  blocks,
  cohorts,
  ring,
}: {
  blocks: BlockStore;
  cohorts: CohortStore;
  ring: Bell['ring'];
}) {
  async function block(tx: Tx, blockerId: string, blockedIds: readonly string[]): Promise<void> {
    if (blockedIds.length === 0) return;
    await blocks.lockMembers(tx, [blockerId, ...blockedIds]);
    await blocks.add(tx, blockerId, blockedIds);
    ring(tx, await cohorts.endOfPairs(tx, blockerId, blockedIds));
  }

  return {
    block,

    /** Makes these all whom a member blocks. */
    async replace(tx: Tx, blockerId: string, blockedIds: readonly string[]): Promise<void> {
      await block(tx, blockerId, await blocks.keepOnly(tx, blockerId, blockedIds));
    },
  };
}
