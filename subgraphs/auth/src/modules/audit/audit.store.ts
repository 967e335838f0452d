import type { PageRequest } from '@community/kit/connection';
import { isId, newId } from '@community/kit/ids';
import type { Db, Tx } from '../../database.ts';
import type { AuditEntry } from './audit.ts';

export type AuditStore = ReturnType<typeof createAuditStore>;

/** An act as it is told; what it has nothing of is left out. */
export type NewAuditEntry = Pick<AuditEntry, 'at' | 'act' | 'actorId' | 'accountId'> &
  Partial<Pick<AuditEntry, 'role' | 'until' | 'reason'>>;

export function createAuditStore(prisma: Db) {
  return {
    async add(tx: Tx, entry: NewAuditEntry): Promise<void> {
      await tx.auditEntry.createMany({ data: [{ ...entry, id: newId(entry.at.getTime()) }] });
    },

    /** Acts, of one account or of all, the newest first; one more than asked for. A cursor holds the id. */
    async page(accountId: string | null, page: PageRequest): Promise<AuditEntry[]> {
      const after = page.after ? String(page.after[0]) : null;
      if ((after !== null && !isId(after)) || (accountId !== null && !isId(accountId))) return [];
      return prisma.auditEntry.findMany({
        where: { ...(accountId ? { accountId } : {}), ...(after ? { id: { lt: after } } : {}) },
        orderBy: { id: 'desc' },
        take: page.first + 1,
      });
    },
  };
}
