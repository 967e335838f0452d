import type { Tx } from '../../database.ts';

export type MemberStore = ReturnType<typeof createMemberStore>;

/** Members as far as this domain serves them. */
export function createMemberStore() {
  return {
    /** Remembers the language that a member reads. */
    async setLanguage(tx: Tx, id: string, language: string): Promise<void> {
      await tx.member.upsert({ where: { id }, create: { id, language }, update: { language }, select: { id: true } });
    },
  };
}
