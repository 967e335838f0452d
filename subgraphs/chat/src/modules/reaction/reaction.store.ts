import type { Db, Tx } from '../../database.ts';

export type ReactionStore = ReturnType<typeof createReactionStore>;

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
