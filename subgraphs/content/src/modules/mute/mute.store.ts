import type { Tx } from '../../database.ts';

export type MuteStore = ReturnType<typeof createMuteStore>;

/** Whom members mute, as user has told. */
export function createMuteStore() {
  return {
    async add(tx: Tx, muterId: string, mutedId: string): Promise<void> {
      await tx.memberMute.createMany({ data: [{ muterId, mutedId }], skipDuplicates: true });
    },

    async remove(tx: Tx, muterId: string, mutedId: string): Promise<void> {
      await tx.memberMute.deleteMany({ where: { muterId, mutedId } });
    },

    /** Sets all whom a member mutes. */
    async replace(tx: Tx, muterId: string, mutedIds: readonly string[]): Promise<void> {
      await tx.memberMute.deleteMany({ where: { muterId, mutedId: { notIn: [...mutedIds] } } });
      await tx.memberMute.createMany({
        data: mutedIds.map((mutedId) => ({ muterId, mutedId })),
        skipDuplicates: true,
      });
    },
  };
}
