import { emit } from '@community/events/outbox';
import type { Transactions } from '@community/events/sql';
import { isId, newId } from '@community/kit/ids';
import type { Member } from '@community/kit/member';
import {
  type Conflict,
  type Invalid,
  isProblem,
  type NotFound,
  type NotSignedIn,
  notFound,
  notSignedIn,
  type Problem,
  problem,
  requireMember,
} from '@community/kit/problem';
import { type Clock, secondsAfter } from '../../clock.ts';
import type { Tx } from '../../database.ts';
import type { AccountStore } from '../account/account.store.ts';
import type { PasswordConfirmation } from '../password/password-confirmation.ts';
import type { AccessTokens } from '../session/access-token.ts';
import { sessionEvents } from '../session/session.events.ts';
import type { SessionStore } from '../session/session.store.ts';
import type { InvalidCredentials } from '../sign-in/sign-in.problems.ts';
import { holding } from '../suspension/suspension.ts';
import type { TooManyAttempts } from '../throttle/throttle.policy.ts';
import { newToken, tokenHash } from '../ticket/token.ts';
import { type ApiTokenRequest, checkApiToken, refuseAnother } from './api-token.policy.ts';
import type { ApiTokenStore } from './api-token.store.ts';
import type { ApiToken } from './api-token.ts';

export type ApiTokenService = ReturnType<typeof createApiTokenService>;

export interface ApiTokenCreated {
  readonly __typename: 'CreateApiTokenSuccess';
  readonly token: string;
  readonly apiToken: ApiToken;
}

export interface ApiTokenRevoked {
  readonly __typename: 'RevokeApiTokenSuccess';
  readonly apiTokenId: string;
}

export interface ApiTokenExchanged {
  readonly __typename: 'ExchangeApiTokenSuccess';
  readonly accessToken: string;
  readonly accessTokenExpiresAt: Date;
}

export type InvalidApiToken = Problem<'InvalidApiTokenError'>;

/** So that the front door, and scanners for leaked secrets, know it when they see it. */
const PREFIX = 'cpat_';
const DAY_SECONDS = 86_400;

const invalidApiToken = (): InvalidApiToken =>
  problem('InvalidApiTokenError', 'INVALID_API_TOKEN', 'This API token is unknown, has expired or was revoked.', []);

/**
 * API tokens: by one a script acts as a member, within its scopes. It is exchanged for access tokens of ten minutes, whose
 * session is the API token: who revokes it ends them, and the streams that they opened, like those of any session.
 */
export function createApiTokenService({
  transactions,
  accounts,
  apiTokens,
  accessTokens,
  confirm,
  sessionStore,
  clock,
}: {
  transactions: Transactions<Tx>;
  accounts: AccountStore;
  apiTokens: ApiTokenStore;
  accessTokens: AccessTokens;
  confirm: PasswordConfirmation;
  sessionStore: SessionStore;
  clock: Clock;
}) {
  async function remove(tx: Tx, accountId: string, id?: string): Promise<boolean> {
    const removed = await apiTokens.remove(tx, accountId, id);
    for (const sessionId of removed)
      await emit(transactions.sql(tx), sessionEvents, {
        type: 'session.revoked',
        aggregateId: sessionId,
        aggregateVersion: 1,
        actorId: accountId,
        payload: { sessionId, accountId, reason: 'REVOKED' },
      });
    return removed.length > 0;
  }

  return {
    /** The viewer's tokens, without what is secret of them. */
    async list(viewer: Member | null, accountId: string): Promise<ApiToken[]> {
      return viewer?.id === accountId ? apiTokens.of(accountId, clock()) : [];
    },

    /** Makes a token for the viewer's scripts, which is shown this once. */
    async create(
      viewer: Member | null,
      { password, ...request }: ApiTokenRequest & { password: string },
    ): Promise<ApiTokenCreated | NotSignedIn | InvalidCredentials | TooManyAttempts | Invalid | Conflict> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      const fault = checkApiToken(request);
      if (fault) return fault;
      const refused = await confirm(member, password);
      if (refused) return refused;
      return transactions.run(async (tx) => {
        const locked = await accounts.lock(tx, member.id);
        if (!locked || !(await sessionStore.isOpen(tx, member.sessionId, member.id, clock()))) return notSignedIn();
        const crowded = refuseAnother((await apiTokens.of(member.id, clock(), tx)).length);
        if (crowded) return crowded;
        const token = `${PREFIX}${newToken().token}`;
        const apiToken: ApiToken = {
          id: newId(clock().getTime()),
          name: request.name.trim(),
          scopes: [...new Set(request.scopes)],
          createdAt: clock(),
          expiresAt: secondsAfter(clock(), request.days * DAY_SECONDS),
          lastUsedAt: null,
        };
        await apiTokens.add(tx, member.id, tokenHash(token), apiToken);
        return { __typename: 'CreateApiTokenSuccess', token, apiToken };
      });
    },

    /** Makes one of the viewer's tokens useless, and ends what it opened. */
    async revoke(viewer: Member | null, id: string): Promise<ApiTokenRevoked | NotSignedIn | NotFound> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      const path = ['input', 'apiTokenId'];
      if (!isId(id)) return notFound('API token', path);
      const removed = await transactions.run((tx) => remove(tx, member.id, id));
      return removed ? { __typename: 'RevokeApiTokenSuccess', apiTokenId: id } : notFound('API token', path);
    },

    /** Revokes all tokens of an account. */
    revokeAll: (tx: Tx, accountId: string) => remove(tx, accountId),

    /** Gives an access token for an API token, with its scopes and no role but that of a member. */
    async exchange(token: string): Promise<ApiTokenExchanged | InvalidApiToken> {
      const now = clock();
      const found = await transactions.run(async (tx) => {
        const used = token.startsWith(PREFIX) ? await apiTokens.use(tx, tokenHash(token), now) : null;
        // No lock: who is suspended at the same moment has her tokens of until then refused.
        const account = used && (await accounts.standing(tx, used.accountId));
        return account && !account.closedFor && !holding(account.suspension, now) ? used : null;
      });
      if (!found) return invalidApiToken();
      const { token: accessToken, expiresAt: accessTokenExpiresAt } = await accessTokens.issue({
        accountId: found.accountId,
        sessionId: found.id,
        roles: ['MEMBER'],
        scopes: found.scopes,
      });
      return { __typename: 'ExchangeApiTokenSuccess', accessToken, accessTokenExpiresAt };
    },

    /** Forgets those that have expired. */
    sweep: () => apiTokens.forget(clock()),
  };
}
