import type { Ephemeral } from '@community/ephemeral/ephemeral';
import type { Transactions } from '@community/events/sql';
import type { Tx } from '../../database.ts';

export type Bell = ReturnType<typeof createBell>;

/** The channel on which the instances hear of a room. */
export const channelOf = (roomId: string): string => `room:${roomId}`;

/**
 * Transactions that tell all instances, once they are committed, which rooms they have written into. What is told is only
 * that there is something to read: the rooms' numbers say what.
 */
export function createBell(transactions: Transactions<Tx>, ephemeral: Pick<Ephemeral, 'publish'>) {
  const rung = new WeakMap<Tx, Set<string>>();
  const bellTransactions: Transactions<Tx> = {
    sql: transactions.sql,
    async run(work) {
      const rooms = new Set<string>();
      const result = await transactions.run((tx) => {
        rung.set(tx, rooms);
        return work(tx);
      });
      for (const roomId of rooms) void ephemeral.publish(channelOf(roomId), {});
      return result;
    },
  };
  return {
    transactions: bellTransactions,
    /** Rings for rooms when the transaction is committed. */
    ring(tx: Tx, roomIds: readonly string[]): void {
      for (const roomId of roomIds) rung.get(tx)?.add(roomId);
    },
  };
}
