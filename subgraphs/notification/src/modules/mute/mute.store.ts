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

    /** Sets all whom a member mutes. @returns whom she muted before and not now, or now and not before */
    async replace(tx: Tx, muterId: string, mutedIds: readonly string[]): Promise<string[]> {
      const ids = [...mutedIds];
      const changed = await tx.$queryRaw<{ id: string }[]>`
        WITH ended AS (
          DELETE FROM member_mute WHERE muter_id = ${muterId}::uuid AND muted_id <> ALL(${ids}::uuid[]) RETURNING muted_id
        ), begun AS (
          INSERT INTO member_mute (muter_id, muted_id) SELECT ${muterId}::uuid, unnest(${ids}::uuid[])
          ON CONFLICT DO NOTHING RETURNING muted_id
        )
        SELECT muted_id AS id FROM ended UNION ALL SELECT muted_id FROM begun`;
      return changed.map((row) => row.id);
    },
  };
}
