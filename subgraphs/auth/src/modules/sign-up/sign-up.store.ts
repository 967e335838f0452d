import { createHash } from 'node:crypto';
import type { Db, Tx } from '../../database.ts';

export type SignUpStore = ReturnType<typeof createSignUpStore>;

export function createSignUpStore(prisma: Db) {
  return {
    /** The account id of a sign-up: `proposedId`, or the one that an earlier try of the same sign-up was given. */
    async accountIdOf(request: { email: string; handle: string }, proposedId: string, now: Date): Promise<string> {
      const key = new Uint8Array(createHash('sha256').update(`${request.email} ${request.handle}`).digest());
      const [row] = await prisma.$queryRaw<{ account_id: string }[]>`
        INSERT INTO sign_up_attempt (key, account_id, created_at) VALUES (${key}, ${proposedId}::uuid, ${now}::timestamptz)
        ON CONFLICT (key) DO UPDATE SET created_at = excluded.created_at
        RETURNING account_id`;
      return row?.account_id ?? proposedId;
    },

    /** Forgets the id that a sign-up was given. */
    async forgetAccount(tx: Tx, accountId: string): Promise<void> {
      await tx.signUpAttempt.deleteMany({ where: { accountId } });
    },

    /** Forgets tries since a time; whoever comes back later is given a new id. */
    async forget(before: Date): Promise<void> {
      await prisma.signUpAttempt.deleteMany({ where: { createdAt: { lt: before } } });
    },
  };
}
