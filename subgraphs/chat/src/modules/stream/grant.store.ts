import type { Db, Tx } from '../../database.ts';

export type GrantStore = ReturnType<typeof createGrantStore>;

/** What a member's grant of a room is made of. */
export interface GrantBasis {
  readonly roomId: string;
  readonly cohort: number;
  readonly cohortEpoch: number;
  /** Of streams that are hers alone. */
  readonly ownEpoch: number;
  /** A block divides her from another member of the room: she may not see what the others of her cohort see. */
  readonly alone: boolean;
}

const BATCH = 1_000;

export function createGrantStore(prisma: Db) {
  return {
    /** The key that grants are signed with: the first one that an instance proposed. */
    async key(proposed: Buffer): Promise<Buffer> {
      await prisma.streamKey.createMany({ data: [{ id: 1, secret: Uint8Array.from(proposed) }], skipDuplicates: true });
      return Buffer.from((await prisma.streamKey.findUniqueOrThrow({ where: { id: 1 } })).secret);
    },

    /**
     * What the member's grants of these rooms are made of; nothing for a room that she is not in, and nothing at all for
     * a session that has ended. It is kept which session is given them, for as long as they can hold; who ends it waits
     * until that is done, or is waited for: a grant that is given at that very moment is known to have been given.
     */
    async give(
      member: { id: string; sessionId: string },
      roomIds: readonly string[],
      until: Date,
    ): Promise<GrantBasis[]> {
      return prisma.$transaction(async (tx) => {
        await tx.$queryRaw`SELECT count(pg_advisory_xact_lock_shared(hashtextextended(${member.sessionId}, 6)))`;
        return tx.$queryRaw<GrantBasis[]>`
        WITH asked AS (
          SELECT own.room_id, own.cohort, own.epoch AS own_epoch, cohort.epoch AS cohort_epoch, EXISTS (
            SELECT 1 FROM member_block AS block JOIN room_member AS other ON other.room_id = own.room_id
              AND other.member_id = CASE WHEN block.blocker_id = own.member_id THEN block.blocked_id ELSE block.blocker_id END
            WHERE block.blocker_id = own.member_id OR block.blocked_id = own.member_id
          ) AS alone
          FROM room_member AS own JOIN room_cohort AS cohort ON cohort.room_id = own.room_id AND cohort.cohort = own.cohort
          WHERE own.member_id = ${member.id}::uuid AND own.room_id = ANY(${[...roomIds]}::uuid[])
            AND NOT EXISTS (SELECT 1 FROM ended_session WHERE session_id = ${member.sessionId}::uuid)
        ), noted AS (
          INSERT INTO stream_session AS known (session_id, room_id, member_id, shared, expires_at)
          SELECT ${member.sessionId}::uuid, room_id, ${member.id}::uuid, NOT alone, ${until}::timestamptz FROM asked
          ON CONFLICT (session_id, room_id, shared) DO UPDATE SET expires_at = excluded.expires_at
            WHERE known.expires_at < excluded.expires_at
        )
        SELECT room_id AS "roomId", cohort, cohort_epoch AS "cohortEpoch", own_epoch AS "ownEpoch", alone FROM asked`;
      });
    },

    /** Ends all streams of grants that a session was given, and gives it no more. @returns the rooms */
    async endSession(tx: Tx, sessionId: string): Promise<string[]> {
      await tx.$queryRaw`SELECT count(pg_advisory_xact_lock(hashtextextended(${sessionId}, 6)))`;
      await tx.endedSession.createMany({ data: [{ sessionId }], skipDuplicates: true });
      const held = await tx.streamSession.findMany({ where: { sessionId, expiresAt: { gt: new Date() } } });
      return raise(tx, held);
    },

    /** Ends all streams of grants that any session of a member was given. @returns the rooms */
    async endAllOf(tx: Tx, memberId: string): Promise<string[]> {
      return raise(tx, await tx.streamSession.findMany({ where: { memberId, expiresAt: { gt: new Date() } } }));
    },

    /** Forgets what holds no more. */
    async sweep(): Promise<void> {
      await prisma.$executeRaw`
        DELETE FROM stream_session WHERE ctid = ANY(ARRAY(SELECT ctid FROM stream_session WHERE expires_at < now() LIMIT ${BATCH}))`;
      // Longer than an access token lives: after that nobody asks in the session's name.
      await prisma.$executeRaw`
        DELETE FROM ended_session WHERE ctid = ANY(ARRAY(
          SELECT ctid FROM ended_session WHERE ended_at < now() - interval '20 minutes' LIMIT ${BATCH}))`;
    },
  };
}

async function raise(
  tx: Tx,
  held: readonly { roomId: string; memberId: string; shared: boolean }[],
): Promise<string[]> {
  const rooms = held.map((one) => one.roomId);
  const members = held.map((one) => one.memberId);
  const shared = held.map((one) => one.shared);
  await tx.$executeRaw`
    WITH held AS (
      SELECT room, member, shared FROM unnest(${rooms}::uuid[], ${members}::uuid[], ${shared}::bool[]) AS held (room, member, shared)
    ), own AS (
      UPDATE room_member SET epoch = nextval('stream_epoch') FROM held
      WHERE room_id = room AND member_id = member AND NOT shared
    )
    UPDATE room_cohort SET epoch = nextval('stream_epoch') FROM held JOIN room_member ON room_id = room AND member_id = member
    WHERE shared AND room_cohort.room_id = room AND room_cohort.cohort = room_member.cohort`;
  return [...new Set(rooms)];
}
