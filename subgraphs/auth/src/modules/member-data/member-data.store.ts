import type { ItemCounts } from '@community/kit/member-data';
import type { Db, Tx } from '../../database.ts';
import { SIGN_UP_KIND } from '../sign-up/sign-up.saga.ts';

export type MemberDataStore = ReturnType<typeof createMemberDataStore>;

export function createMemberDataStore(prisma: Db) {
  return {
    async account(accountId: string) {
      return prisma.account.findMany({
        where: { id: accountId },
        select: {
          id: true,
          email: true,
          emailVerifiedAt: true,
          roles: true,
          language: true,
          createdAt: true,
          suspendedAt: true,
          suspendedUntil: true,
          suspendedFor: true,
        },
      });
    },

    /** That she has a second factor; its secret is one of the platform's. */
    async totp(accountId: string) {
      const rows = await prisma.totp.findMany({ where: { accountId }, select: { confirmedAt: true } });
      return rows.filter(({ confirmedAt }) => confirmedAt);
    },

    /** Her API tokens, without what is secret of them. */
    async apiTokens(accountId: string) {
      return prisma.apiToken.findMany({ where: { accountId }, omit: { hash: true, accountId: true } });
    },

    /** The accounts somewhere else by which she signs in. */
    async identities(accountId: string) {
      return prisma.linkedIdentity.findMany({ where: { accountId }, omit: { accountId: true } });
    },

    /** Her passkeys; their keys are of use to nobody else. */
    async passkeys(accountId: string) {
      const select = { id: true, name: true, backedUp: true, createdAt: true, lastUsedAt: true };
      return prisma.passkey.findMany({ where: { accountId }, select });
    },

    /** What was done to her by others' office; who did it is theirs. */
    async auditPage(accountId: string, after: string | null, limit: number) {
      return prisma.auditEntry.findMany({
        where: { accountId, ...(after ? { id: { gt: after } } : {}) },
        orderBy: { id: 'asc' },
        take: limit,
        select: { id: true, at: true, act: true, role: true, until: true, reason: true },
      });
    },

    async sessionsPage(accountId: string, after: string | null, limit: number) {
      return prisma.session.findMany({
        where: { accountId, ...(after ? { id: { gt: after } } : {}) },
        orderBy: { id: 'asc' },
        take: limit,
        select: { id: true, clientName: true, clientAddress: true, createdAt: true, lastUsedAt: true, endedAt: true },
      });
    },

    /**
     * Removes an account with its credentials, sessions and sign-up. That it was suspended or had a role stays in the audit
     * log, by its id and without words. @returns how many of each
     */
    async erase(tx: Tx, accountId: string): Promise<ItemCounts> {
      const reasons = { where: { accountId, reason: { not: null } }, data: { reason: null } };
      const { count: auditReasons } = await tx.auditEntry.updateMany(reasons);
      const sessions = await tx.session.count({ where: { accountId } });
      await tx.signUpAttempt.deleteMany({ where: { accountId } });
      await tx.$executeRaw`DELETE FROM saga.instance WHERE subject = ${accountId}::uuid AND kind = ${SIGN_UP_KIND}`;
      const secondFactors = await tx.totp.count({ where: { accountId } });
      const apiTokens = await tx.apiToken.count({ where: { accountId } });
      const identities = await tx.linkedIdentity.count({ where: { accountId } });
      const passkeys = await tx.passkey.count({ where: { accountId } });
      const { count } = await tx.account.deleteMany({ where: { id: accountId } });
      return { accounts: count, sessions, secondFactors, apiTokens, identities, passkeys, auditReasons };
    },
  };
}
