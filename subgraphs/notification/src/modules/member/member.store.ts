import type { Tx } from '../../database.ts';

export type MemberStore = ReturnType<typeof createMemberStore>;

/** Members as far as this domain serves them. */
export function createMemberStore() {
  return {
    /** Remembers how a member is called, and the language that she reads. */
    async describe(tx: Tx, id: string, profile: { handle: string; language: string }): Promise<void> {
      await tx.member.upsert({ where: { id }, create: { id, ...profile }, update: profile, select: { id: true } });
    },
  };
}
