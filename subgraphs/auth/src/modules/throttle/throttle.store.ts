import type { Db, Tx } from '../../database.ts';
import type { Tries } from './throttle.policy.ts';

export type ThrottleStore = ReturnType<typeof createThrottleStore>;

export function createThrottleStore(prisma: Db) {
  return {
    /** What is known of the tries of these keys; one that is not there had none. */
    async read(keys: readonly string[]): Promise<Map<string, Tries>> {
      const rows = await prisma.throttle.findMany({ where: { key: { in: [...keys] } } });
      return new Map(rows.map((row) => [row.key, row]));
    },

    /** The same, each row locked until the transaction ends, in one order; a key that is new gets its row. */
    async lock(tx: Tx, keys: readonly string[], now: Date): Promise<Map<string, Tries>> {
      const sorted = [...keys].sort();
      await tx.$executeRaw`
        INSERT INTO throttle (key, failures, last_try_at)
        SELECT key, 0, ${now}::timestamptz FROM unnest(${sorted}::text[]) AS key ORDER BY key
        ON CONFLICT DO NOTHING`;
      const rows = await tx.$queryRaw<
        { key: string; failures: number; last_try_at: Date; blocked_until: Date | null }[]
      >`
        SELECT key, failures, last_try_at, blocked_until FROM throttle
        WHERE key = ANY(${sorted}::text[]) ORDER BY key FOR UPDATE`;
      return new Map(
        rows.map((row) => [
          row.key,
          { failures: row.failures, lastTryAt: row.last_try_at, blockedUntil: row.blocked_until },
        ]),
      );
    },

    async save(tx: Tx, counted: ReadonlyMap<string, Tries>): Promise<void> {
      const entries = [...counted];
      await tx.$executeRaw`
        UPDATE throttle SET failures = n.failures, last_try_at = n.last_try_at, blocked_until = n.blocked_until
        FROM unnest(
          ${entries.map(([key]) => key)}::text[],
          ${entries.map(([, tries]) => tries.failures)}::int[],
          ${entries.map(([, tries]) => tries.lastTryAt)}::timestamptz[],
          ${entries.map(([, tries]) => tries.blockedUntil)}::timestamptz[]
        ) AS n (key, failures, last_try_at, blocked_until)
        WHERE throttle.key = n.key`;
    },

    /** Starts the count of a key anew. The row stays for those who wait for its lock. */
    async clear(tx: Tx, key: string): Promise<void> {
      await tx.throttle.updateMany({ where: { key }, data: { failures: 0, blockedUntil: null } });
    },

    /** Takes one try back that was counted and turned out well. @param freeFailures up to so many nobody waits */
    async takeBack(tx: Tx, key: string, freeFailures: number): Promise<void> {
      await tx.$executeRaw`
        UPDATE throttle SET
          failures = greatest(failures - 1, 0),
          blocked_until = CASE WHEN failures - 1 < ${freeFailures}::int THEN NULL ELSE blocked_until END
        WHERE key = ${key}`;
    },

    /** Forgets keys without a try since a time. */
    async forget(lastTryBefore: Date): Promise<void> {
      await prisma.throttle.deleteMany({ where: { lastTryAt: { lt: lastTryBefore } } });
    },
  };
}
