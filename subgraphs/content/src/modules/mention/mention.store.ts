import type { Tx } from '../../database.ts';

export type MentionStore = ReturnType<typeof createMentionStore>;

/** How members are called, as user has told. */
export function createMentionStore() {
  return {
    async setHandle(tx: Tx, memberId: string, handle: string): Promise<void> {
      await tx.memberHandle.upsert({
        where: { memberId },
        create: { memberId, handle },
        update: { handle },
        select: { memberId: true },
      });
    },

    /** The members who are called so, in the order of the handles; unknown ones are left out. */
    async membersCalled(tx: Tx, handles: readonly string[]): Promise<string[]> {
      if (handles.length === 0) return [];
      const rows = await tx.memberHandle.findMany({ where: { handle: { in: [...handles] } } });
      return handles.flatMap((handle) => rows.find((row) => row.handle === handle)?.memberId ?? []);
    },
  };
}
