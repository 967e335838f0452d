import type { Db, Tx } from '../../database.ts';

export type KnownMemberStore = ReturnType<typeof createKnownMemberStore>;

/** Who is a member of the community, as auth has told: nobody else can be asked into a room. */
export function createKnownMemberStore(prisma: Db) {
  return {
    /** Which of these are members. */
    async among(memberIds: readonly string[], tx: Tx = prisma): Promise<Set<string>> {
      const rows = await tx.knownMember.findMany({ where: { id: { in: [...memberIds] } } });
      return new Set(rows.map((row) => row.id));
    },

    /** In the order of ids, so that two that tell of the same members at once do not wait for each other. */
    async add(tx: Tx, memberIds: readonly string[]): Promise<void> {
      await tx.knownMember.createMany({ data: [...memberIds].sort().map((id) => ({ id })), skipDuplicates: true });
    },

    async remove(tx: Tx, memberIds: readonly string[]): Promise<void> {
      await tx.knownMember.deleteMany({ where: { id: { in: [...memberIds] } } });
    },
  };
}
