import type { Db, Tx } from '../../database.ts';
import type { Prisma } from '../../generated/prisma/client.ts';

export type TicketStore = ReturnType<typeof createTicketStore>;

/** A ticket as it is stored. */
export interface StoredTicket {
  readonly hash: Uint8Array<ArrayBuffer>;
  readonly purpose: string;
  readonly accountId: string | null;
  readonly data: Prisma.InputJsonObject;
  readonly expiresAt: Date;
}

/** Which ticket is meant, if it has not expired. */
export interface TicketKey {
  readonly hash: Uint8Array<ArrayBuffer>;
  readonly purpose: string;
  readonly now: Date;
}

export interface FoundTicket {
  readonly accountId: string | null;
  readonly data: unknown;
}

export function createTicketStore(prisma: Db) {
  return {
    async add(ticket: StoredTicket, db: Db | Tx = prisma): Promise<void> {
      await db.ticket.createMany({ data: [ticket] });
    },

    /** Finds a ticket and leaves it good; its row is locked until the transaction ends. */
    async lock(tx: Tx, { hash, purpose, now }: TicketKey): Promise<FoundTicket | null> {
      const [row] = await tx.$queryRaw<{ account_id: string | null; data: unknown }[]>`
        SELECT account_id, data FROM ticket
        WHERE hash = ${hash} AND purpose = ${purpose} AND expires_at > ${now}::timestamptz FOR UPDATE`;
      return row ? { accountId: row.account_id, data: row.data } : null;
    },

    /** Uses a ticket up: of several who try, one gets it. */
    async take(tx: Tx, { hash, purpose, now }: TicketKey): Promise<FoundTicket | null> {
      const [row] = await tx.$queryRaw<{ account_id: string | null; data: unknown }[]>`
        DELETE FROM ticket WHERE hash = ${hash} AND purpose = ${purpose} AND expires_at > ${now}::timestamptz
        RETURNING account_id, data`;
      return row ? { accountId: row.account_id, data: row.data } : null;
    },

    /** Makes the tickets of an account useless, of one purpose or of all. */
    async drop(tx: Tx, accountId: string, purpose?: string): Promise<void> {
      await tx.ticket.deleteMany({ where: { accountId, purpose } });
    },

    async forget(now: Date): Promise<void> {
      await prisma.ticket.deleteMany({ where: { expiresAt: { lt: now } } });
    },
  };
}
