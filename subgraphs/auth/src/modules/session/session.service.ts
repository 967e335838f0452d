import { emit } from '@community/events/outbox';
import type { Transactions } from '@community/events/sql';
import { isId, newId } from '@community/kit/ids';
import type { Logger } from '@community/kit/log';
import type { Member, Role } from '@community/kit/member';
import {
  isProblem,
  type NotFound,
  type NotSignedIn,
  notFound,
  notSignedIn,
  requireMember,
} from '@community/kit/problem';
import { type Clock, secondsAfter } from '../../clock.ts';
import type { Tx } from '../../database.ts';
import { coarseNetwork } from '../../network.ts';
import type { AccountStore } from '../account/account.store.ts';
import { newToken, tokenHash } from '../ticket/token.ts';
import type { AccessTokens } from './access-token.ts';
import { sessionEvents } from './session.events.ts';
import { ABSOLUTE_SECONDS, IDLE_SECONDS, idleEnd, judgeRefresh } from './session.policy.ts';
import { type InvalidRefreshToken, invalidRefreshToken } from './session.problems.ts';
import type { SessionStore } from './session.store.ts';
import type { Client, FoundToken, SessionEnd, SessionTokens } from './session.ts';

export type SessionService = ReturnType<typeof createSessionService>;

/** A session with a new refresh token, in a transaction that has still to commit. */
export interface OpenedSession {
  readonly sessionId: string;
  readonly accountId: string;
  readonly refreshToken: string;
  readonly refreshTokenExpiresAt: Date;
}

export interface SessionRefreshed {
  readonly __typename: 'RefreshSessionSuccess';
  readonly session: SessionTokens;
}

export interface SessionEnded<Name extends string> {
  readonly __typename: Name;
  readonly sessionId: string;
}

const CLIENT_NAME_LENGTH = 80;

export function createSessionService({
  transactions,
  sessions,
  accounts,
  accessTokens,
  clock,
  log,
}: {
  transactions: Transactions<Tx>;
  sessions: SessionStore;
  accounts: AccountStore;
  accessTokens: AccessTokens;
  clock: Clock;
  log: Logger;
}) {
  /** Ends a session and tells everybody; does nothing when it had ended already. @returns whether it was there */
  async function end(tx: Tx, session: { id: string; accountId?: string }, reason: SessionEnd): Promise<boolean> {
    const ended = await sessions.end(tx, session, reason, clock());
    if (!ended) return false;
    await emit(transactions.sql(tx), sessionEvents, {
      type: 'session.revoked',
      aggregateId: session.id,
      aggregateVersion: 1,
      actorId: ended.accountId,
      payload: { sessionId: session.id, accountId: ended.accountId, reason },
    });
    return true;
  }

  /** Gives out a refresh token of the current generation, or of the next one. */
  async function nextToken(tx: Tx, found: FoundToken, verdict: 'ROTATE' | 'REPEAT'): Promise<OpenedSession> {
    const now = clock();
    const { token, hash } = newToken();
    const stored = {
      hash,
      sessionId: found.sessionId,
      generation: found.currentGeneration + (verdict === 'ROTATE' ? 1 : 0),
      expiresAt: idleEnd(now, found.sessionExpiresAt),
    };
    await sessions.addToken(tx, stored);
    if (verdict === 'ROTATE') await sessions.rotate(tx, stored, now);
    const { sessionId, accountId } = found;
    return { sessionId, accountId, refreshToken: token, refreshTokenExpiresAt: stored.expiresAt };
  }

  /** Signs the access token of a session, after the transaction that opened it. */
  async function issue(opened: OpenedSession, roles: readonly Role[]): Promise<SessionTokens> {
    const { refreshToken, refreshTokenExpiresAt } = opened;
    const access = await accessTokens.issue({ ...opened, roles });
    return { accessToken: access.token, accessTokenExpiresAt: access.expiresAt, refreshToken, refreshTokenExpiresAt };
  }

  return {
    issue,

    /** Opens a session for an account whose member has just shown who she is. */
    async open(tx: Tx, accountId: string, client: Client): Promise<OpenedSession> {
      const now = clock();
      const id = newId(now.getTime());
      const expiresAt = secondsAfter(now, ABSOLUTE_SECONDS);
      const { token, hash } = newToken();
      const stored = { hash, sessionId: id, generation: 1, expiresAt: idleEnd(now, expiresAt) };
      const clientName = client.name.slice(0, CLIENT_NAME_LENGTH);
      const clientAddress = coarseNetwork(client.address);
      await sessions.add(
        tx,
        { id, accountId, clientName, clientAddress, createdAt: now, lastUsedAt: now, expiresAt },
        stored,
      );
      return { sessionId: id, accountId, refreshToken: token, refreshTokenExpiresAt: stored.expiresAt };
    },

    /** Ends every open session of an account, but the one to keep if it is named. */
    async endAll(tx: Tx, accountId: string, keptId?: string): Promise<void> {
      for (const id of await sessions.openOf(tx, accountId)) if (id !== keptId) await end(tx, { id }, 'REVOKED');
    },

    /** Gives new tokens for a refresh token. One that was replaced long ago ends the session: somebody has a copy. */
    async refresh(refreshToken: string): Promise<SessionRefreshed | InvalidRefreshToken> {
      const renewed = await transactions.run(async (tx) => {
        const found = await sessions.lockByToken(tx, tokenHash(refreshToken));
        if (!found) return null;
        const verdict = judgeRefresh(found, clock());
        if (verdict === 'INVALID') return null;
        if (verdict === 'REUSED') {
          await end(tx, { id: found.sessionId }, 'TOKEN_REUSED');
          log.warn({ sessionId: found.sessionId }, 'a replaced refresh token was used again: its session was ended');
          return null;
        }
        const account = await accounts.byId(tx, found.accountId);
        return account && { opened: await nextToken(tx, found, verdict), roles: account.roles };
      });
      if (!renewed) return invalidRefreshToken();
      return { __typename: 'RefreshSessionSuccess', session: await issue(renewed.opened, renewed.roles) };
    },

    /** Ends the session of a refresh token (of any generation: whoever shows one may end it), or else the viewer's own. */
    async signOut(
      viewer: Member | null,
      refreshToken: string | null,
    ): Promise<SessionEnded<'SignOutSuccess'> | NotSignedIn> {
      return transactions.run(async (tx) => {
        const found = refreshToken ? await sessions.lockByToken(tx, tokenHash(refreshToken)) : null;
        const sessionId = found?.sessionId ?? viewer?.sessionId;
        if (!sessionId) return notSignedIn();
        await end(tx, { id: sessionId }, 'SIGNED_OUT');
        return { __typename: 'SignOutSuccess', sessionId };
      });
    },

    /** Ends any session of the viewer's own. */
    async revoke(
      viewer: Member | null,
      sessionId: string,
    ): Promise<SessionEnded<'RevokeSessionSuccess'> | NotSignedIn | NotFound> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      if (!isId(sessionId)) return notFound('session', ['input', 'sessionId']);
      return transactions.run(async (tx) => {
        const ended = await end(tx, { id: sessionId, accountId: member.id }, 'REVOKED');
        return ended ? { __typename: 'RevokeSessionSuccess', sessionId } : notFound('session', ['input', 'sessionId']);
      });
    },

    /** Forgets sessions that ran out, a while after they did. */
    async sweep(): Promise<void> {
      const now = clock();
      await sessions.forget(now, secondsAfter(now, -IDLE_SECONDS));
    },
  };
}
