import { anyOf } from '@community/kit/asked-rows';
import type { Db, Tx } from '../../database.ts';

export type MuteStore = ReturnType<typeof createMuteStore>;

export function createMuteStore(prisma: Db) {
  return {
    /** @returns whether it is new */
    async add(tx: Tx, muterId: string, mutedId: string): Promise<boolean> {
      return (await tx.mute.createMany({ data: [{ muterId, mutedId }], skipDuplicates: true })).count === 1;
    },

    /** @returns whether there was one */
    async remove(tx: Tx, muterId: string, mutedId: string): Promise<boolean> {
      return (await tx.mute.deleteMany({ where: { muterId, mutedId } })).count === 1;
    },

    /** Which of `otherIds` the member mutes. */
    async mutedAmong(muterId: string, otherIds: readonly string[]): Promise<Set<string>> {
      const rows = await prisma.$queryRaw<{ id: string }[]>`
        SELECT muted_id AS id FROM mute WHERE muter_id = ${muterId}::uuid AND muted_id = ANY(${anyOf(otherIds)}::uuid[])`;
      return new Set(rows.map(({ id }) => id));
    },

    /** The ids of all whom each of the members mutes, for snapshots. */
    async mutedBy(memberIds: readonly string[]): Promise<Map<string, string[]>> {
      const rows = await prisma.mute.findMany({
        where: { muterId: { in: [...memberIds] } },
        select: { muterId: true, mutedId: true },
      });
      const muted = new Map<string, string[]>();
      for (const row of rows) muted.set(row.muterId, [...(muted.get(row.muterId) ?? []), row.mutedId]);
      return muted;
    },
  };
}
