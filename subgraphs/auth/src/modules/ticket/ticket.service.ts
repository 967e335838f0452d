import type { z } from 'zod';
import { type Clock, secondsAfter } from '../../clock.ts';
import type { Tx } from '../../database.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import type { FoundTicket, TicketStore } from './ticket.store.ts';
import { newToken, tokenHash } from './token.ts';

export type TicketService = ReturnType<typeof createTicketService>;

/** What tickets of one kind are for, what is kept with them, and how long they are good. */
export interface TicketKind<Data extends Prisma.InputJsonObject> {
  readonly purpose: string;
  readonly data: z.ZodType<Data>;
  readonly seconds: number;
}

export interface Ticket<Data> {
  readonly accountId: string | null;
  readonly data: Data;
}

/** Random tokens that are good once and for a short time: links of mails, challenges, the way to a provider and back. */
export function createTicketService({ tickets, clock }: { tickets: TicketStore; clock: Clock }) {
  const keyOf = (kind: { purpose: string }, token: string) => ({
    hash: tokenHash(token),
    purpose: kind.purpose,
    now: clock(),
  });
  const read = <Data extends Prisma.InputJsonObject>(
    kind: TicketKind<Data>,
    found: FoundTicket | null,
  ): Ticket<Data> | null => found && { accountId: found.accountId, data: kind.data.parse(found.data) };

  return {
    /** @returns the token, which is kept only as a hash */
    async issue<Data extends Prisma.InputJsonObject>(
      kind: TicketKind<Data>,
      content: { accountId: string | null; data: Data },
      tx?: Tx,
    ): Promise<{ token: string; expiresAt: Date }> {
      const { token, hash } = newToken();
      const expiresAt = secondsAfter(clock(), kind.seconds);
      await tickets.add({ hash, purpose: kind.purpose, ...content, expiresAt }, tx);
      return { token, expiresAt };
    },

    /** Looks at a ticket, which stays good and is nobody else's until the transaction ends. */
    async look<Data extends Prisma.InputJsonObject>(
      tx: Tx,
      kind: TicketKind<Data>,
      token: string,
    ): Promise<Ticket<Data> | null> {
      return read(kind, await tickets.lock(tx, keyOf(kind, token)));
    },

    /** Uses a ticket up. */
    async take<Data extends Prisma.InputJsonObject>(
      tx: Tx,
      kind: TicketKind<Data>,
      token: string,
    ): Promise<Ticket<Data> | null> {
      return read(kind, await tickets.take(tx, keyOf(kind, token)));
    },

    /** Makes the tickets of an account useless, of one kind or of all. */
    drop: (tx: Tx, accountId: string, kind?: { purpose: string }) => tickets.drop(tx, accountId, kind?.purpose),

    /** Forgets those that have expired. */
    sweep: () => tickets.forget(clock()),
  };
}
