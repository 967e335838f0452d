import type { Db, Tx } from '../../database.ts';

export type MemberStore = ReturnType<typeof createMemberStore>;

export interface Profile {
  readonly id: string;
  /** Null while it is not known. */
  readonly handle: string | null;
  readonly language: string;
}

/** Members as far as this domain serves them. */
export function createMemberStore(prisma: Db) {
  return {
    /** Those of the ids that are known. */
    async byIds(ids: readonly string[]): Promise<Profile[]> {
      return prisma.member.findMany({
        where: { id: { in: [...ids] } },
        select: { id: true, handle: true, language: true },
      });
    },

    /** Remembers how a member is called, and the language that she reads. */
    async describe(tx: Tx, id: string, profile: { handle: string; language: string }): Promise<void> {
      await tx.member.upsert({ where: { id }, create: { id, ...profile }, update: profile, select: { id: true } });
    },
  };
}
