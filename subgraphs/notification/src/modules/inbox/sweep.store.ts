import type { Db } from '../../database.ts';

export type SweepStore = ReturnType<typeof createSweepStore>;

const BATCH = 1_000;

/** Forgets what nobody looks at any more, a batch at a time. Each answers how many rows were deleted. */
export function createSweepStore(prisma: Db) {
  return {
    batch: BATCH,

    async readBefore(time: Date): Promise<number> {
      return prisma.$executeRaw`
        DELETE FROM notification WHERE id IN (SELECT id FROM notification WHERE read_at < ${time}::timestamptz LIMIT ${BATCH})`;
    },

    /** Changes; a member's latest ones stay numbered, whatever is swept. */
    async changesBefore(time: Date): Promise<number> {
      return prisma.$executeRaw`
        DELETE FROM change WHERE (recipient_id, number) IN (
          SELECT recipient_id, number FROM change WHERE created_at < ${time}::timestamptz LIMIT ${BATCH})`;
    },
  };
}
