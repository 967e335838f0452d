import type { Db, Tx } from '../../database.ts';

export type IdentityStore = ReturnType<typeof createIdentityStore>;

/** A provider's account by which a member signs in. */
export interface LinkedIdentity {
  readonly id: string;
  readonly provider: string;
  /** As the provider told it when they were linked. */
  readonly email: string | null;
  readonly linkedAt: Date;
  readonly lastUsedAt: Date | null;
}

const FIELDS = { id: true, provider: true, email: true, linkedAt: true, lastUsedAt: true } as const;

export function createIdentityStore(prisma: Db) {
  return {
    async of(accountId: string): Promise<LinkedIdentity[]> {
      return prisma.linkedIdentity.findMany({ where: { accountId }, orderBy: { id: 'asc' }, select: FIELDS });
    },

    /** Whose account it is linked to; null when to none. */
    async accountOf(tx: Tx, provider: string, subject: string): Promise<string | null> {
      const key = { provider_subject: { provider, subject } };
      return (await tx.linkedIdentity.findUnique({ where: key }))?.accountId ?? null;
    },

    /** @returns whether it could be added; not, when it is linked to somebody */
    async add(
      tx: Tx,
      identity: {
        id: string;
        accountId: string;
        provider: string;
        subject: string;
        email: string | null;
        linkedAt: Date;
      },
    ): Promise<boolean> {
      return (await tx.linkedIdentity.createMany({ data: [identity], skipDuplicates: true })).count === 1;
    },

    async has(tx: Tx, accountId: string, id: string): Promise<boolean> {
      return (await tx.linkedIdentity.count({ where: { accountId, id } })) > 0;
    },

    async used(tx: Tx, provider: string, subject: string, now: Date): Promise<void> {
      await tx.linkedIdentity.updateMany({ where: { provider, subject }, data: { lastUsedAt: now } });
    },

    /** Removes one identity of an account, or all of them. @returns whether there was any */
    async remove(tx: Tx, accountId: string, id?: string): Promise<boolean> {
      return (await tx.linkedIdentity.deleteMany({ where: { accountId, id } })).count > 0;
    },
  };
}
