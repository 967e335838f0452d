import type { Db, Tx } from '../../database.ts';
import { Prisma } from '../../generated/prisma/client.ts';

export type ReactionStore = ReturnType<typeof createReactionStore>;

/** How many of the reactions to a message a block hides from a viewer, by emoji; undefined when it hides none. */
export type HiddenReactions = (viewerId: string, messageId: string) => ReadonlyMap<string, number> | undefined;

export function createReactionStore(prisma: Db) {
  return {
    /** @returns whether it is new */
    async add(tx: Tx, messageId: string, emoji: string, memberId: string): Promise<boolean> {
      return (
        (await tx.messageReaction.createMany({ data: [{ messageId, emoji, memberId }], skipDuplicates: true }))
          .count === 1
      );
    },

    /** @returns whether there was one */
    async remove(tx: Tx, messageId: string, emoji: string, memberId: string): Promise<boolean> {
      return (await tx.messageReaction.deleteMany({ where: { messageId, emoji, memberId } })).count === 1;
    },

    /**
     * How many reactions to messages are of members with whom a viewer stands in a block; for all viewers and messages by
     * one statement.
     */
    async hidden(viewerIds: readonly string[], messageIds: readonly string[]): Promise<HiddenReactions> {
      const found = new Map<string, Map<string, number>>();
      const hidden = (viewerId: string, messageId: string) => found.get(`${viewerId} ${messageId}`);
      if (viewerIds.length === 0 || messageIds.length === 0) return hidden;
      const viewers = Prisma.sql`${[...new Set(viewerIds)]}::uuid[]`;
      const rows = await prisma.$queryRaw<{ viewer: string; message: string; emoji: string; count: number }[]>`
        WITH divided AS (
          SELECT blocker_id AS viewer, blocked_id AS other FROM member_block WHERE blocker_id = ANY(${viewers})
          UNION SELECT blocked_id, blocker_id FROM member_block WHERE blocked_id = ANY(${viewers})
        )
        SELECT viewer, message_id AS message, emoji, count(*)::int AS count
        FROM divided JOIN message_reaction ON member_id = other AND message_id = ANY(${[...messageIds]}::uuid[])
        GROUP BY viewer, message_id, emoji`;
      for (const { viewer, message, emoji, count } of rows) {
        const key = `${viewer} ${message}`;
        found.set(key, (found.get(key) ?? new Map<string, number>()).set(emoji, count));
      }
      return hidden;
    },

    /** With what the member reacted to each of the messages. */
    async of(memberId: string, messageIds: readonly string[]): Promise<string[][]> {
      const rows = await prisma.messageReaction.findMany({
        where: { memberId, messageId: { in: [...messageIds] } },
        orderBy: { createdAt: 'asc' },
        select: { messageId: true, emoji: true },
      });
      return messageIds.map((id) => rows.filter((row) => row.messageId === id).map((row) => row.emoji));
    },
  };
}
