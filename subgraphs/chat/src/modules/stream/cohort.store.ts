import type { Tx } from '../../database.ts';

export type CohortStore = ReturnType<typeof createCohortStore>;

/** Cohorts of members who may see the same of a room. To raise an epoch is to end streams and to refuse their grants. */
export function createCohortStore() {
  return {
    /**
     * Ends the shared streams of those members of a room who stand in a block with this one: from now on each of them
     * needs a stream of her own.
     */
    async endOfBlockedIn(tx: Tx, roomId: string, memberId: string): Promise<void> {
      await tx.$executeRaw`
        UPDATE room_cohort SET epoch = nextval('stream_epoch')
        WHERE room_id = ${roomId}::uuid AND cohort IN (
          SELECT other.cohort FROM room_member AS other JOIN member_block
            ON (blocker_id = ${memberId}::uuid AND blocked_id = other.member_id)
            OR (blocked_id = ${memberId}::uuid AND blocker_id = other.member_id)
          WHERE other.room_id = ${roomId}::uuid)`;
    },

    /** Ends the shared streams of a member and of others in each room that she has with one of them. @returns the rooms */
    async endOfPairs(tx: Tx, memberId: string, otherIds: readonly string[]): Promise<string[]> {
      const rows = await tx.$queryRaw<{ roomId: string }[]>`
        UPDATE room_cohort SET epoch = nextval('stream_epoch') FROM (
          SELECT mine.room_id, mine.cohort AS one, other.cohort AS two
          FROM room_member AS mine JOIN room_member AS other ON other.room_id = mine.room_id
          WHERE mine.member_id = ${memberId}::uuid AND other.member_id = ANY(${[...otherIds]}::uuid[])
        ) AS pair
        WHERE room_cohort.room_id = pair.room_id AND room_cohort.cohort IN (pair.one, pair.two)
        RETURNING room_cohort.room_id AS "roomId"`;
      return [...new Set(rows.map((row) => row.roomId))];
    },
  };
}
