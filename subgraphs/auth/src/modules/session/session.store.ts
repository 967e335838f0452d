import type { PageRequest } from '@community/kit/connection';
import { isId } from '@community/kit/ids';
import type { Db, Tx } from '../../database.ts';
import type { FoundToken, Session, SessionEnd } from './session.ts';

export type SessionStore = ReturnType<typeof createSessionStore>;

/** A refresh token as it is stored. */
export interface StoredToken {
  readonly hash: Uint8Array<ArrayBuffer>;
  readonly sessionId: string;
  readonly generation: number;
  readonly expiresAt: Date;
}

interface FoundRow {
  session_id: string;
  account_id: string;
  generation: number;
  current_generation: number;
  last_used_at: Date;
  token_expires_at: Date;
  session_expires_at: Date;
  ended_at: Date | null;
}

const FIELDS = { id: true, clientName: true, clientAddress: true, createdAt: true, lastUsedAt: true } as const;

export function createSessionStore(prisma: Db) {
  return {
    async add(tx: Tx, session: Session & { accountId: string; expiresAt: Date }, token: StoredToken): Promise<void> {
      await tx.session.createMany({ data: [{ ...session, generation: token.generation, idleAt: token.expiresAt }] });
      await tx.refreshToken.createMany({ data: [token] });
    },

    /** Finds a refresh token of any generation and locks its session until the transaction ends. */
    async lockByToken(tx: Tx, hash: Uint8Array<ArrayBuffer>): Promise<FoundToken | null> {
      const [row] = await tx.$queryRaw<FoundRow[]>`
        SELECT s.id AS session_id, s.account_id, t.generation, s.generation AS current_generation, s.last_used_at,
          t.expires_at AS token_expires_at, s.expires_at AS session_expires_at, s.ended_at
        FROM refresh_token t JOIN session s ON s.id = t.session_id
        WHERE t.hash = ${hash} FOR UPDATE OF s`;
      if (!row) return null;
      return {
        sessionId: row.session_id,
        accountId: row.account_id,
        generation: row.generation,
        currentGeneration: row.current_generation,
        rotatedAt: row.last_used_at,
        tokenExpiresAt: row.token_expires_at,
        sessionExpiresAt: row.session_expires_at,
        ended: row.ended_at !== null,
      };
    },

    async addToken(tx: Tx, token: StoredToken): Promise<void> {
      await tx.refreshToken.createMany({ data: [token] });
    },

    /** Begins the generation of `token`. */
    async rotate(tx: Tx, token: StoredToken, now: Date): Promise<void> {
      await tx.session.updateMany({
        where: { id: token.sessionId },
        data: { generation: token.generation, lastUsedAt: now, idleAt: token.expiresAt },
      });
    },

    /** Ends a session, of this account if one is named. @returns whose it was; null when it is not there or had ended */
    async end(
      tx: Tx,
      session: { id: string; accountId?: string },
      by: SessionEnd,
      now: Date,
    ): Promise<{ accountId: string } | null> {
      const [ended] = await tx.session.updateManyAndReturn({
        where: { ...session, endedAt: null },
        data: { endedAt: now, endedBy: by },
        select: { accountId: true },
      });
      return ended ?? null;
    },

    /** Whether a session of an account has neither ended nor run out. */
    async isOpen(tx: Tx, id: string, accountId: string, now: Date): Promise<boolean> {
      return (await tx.session.count({ where: { id, accountId, endedAt: null, idleAt: { gt: now } } })) > 0;
    },

    /** Whether a session that has not ended was opened after a time. */
    async wasOpenedSince(id: string, since: Date): Promise<boolean> {
      return (await prisma.session.count({ where: { id, endedAt: null, createdAt: { gt: since } } })) > 0;
    },

    /** The ids of an account's sessions that were not ended. */
    async openOf(tx: Tx, accountId: string): Promise<string[]> {
      const rows = await tx.session.findMany({ where: { accountId, endedAt: null }, select: { id: true } });
      return rows.map(({ id }) => id);
    },

    /** The open sessions of an account, the newest first; one more than asked for. A cursor holds the id. */
    async page(accountId: string, page: PageRequest, now: Date): Promise<Session[]> {
      const after = page.after ? String(page.after[0]) : null;
      if (after !== null && !isId(after)) return [];
      return prisma.session.findMany({
        where: { accountId, endedAt: null, idleAt: { gt: now }, ...(after ? { id: { lt: after } } : {}) },
        orderBy: { id: 'desc' },
        take: page.first + 1,
        select: FIELDS,
      });
    },

    /** Removes refresh tokens that have expired, and sessions that ran out before a time with all of theirs. */
    async forget(now: Date, ranOutBefore: Date): Promise<void> {
      await prisma.refreshToken.deleteMany({ where: { expiresAt: { lt: now } } });
      await prisma.session.deleteMany({ where: { idleAt: { lt: ranOutBefore } } });
    },
  };
}
