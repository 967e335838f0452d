import { emit } from '@community/events/outbox';
import type { Transactions } from '@community/events/sql';
import { isId } from '@community/kit/ids';
import type { Member } from '@community/kit/member';
import {
  type Conflict,
  isProblem,
  type NotFound,
  type NotSignedIn,
  notFound,
  notSignedIn,
  requireMember,
} from '@community/kit/problem';
import type { Clock } from '../../clock.ts';
import type { Tx } from '../../database.ts';
import type { AccountStore } from '../account/account.store.ts';
import { passwordEvents } from '../password/password.events.ts';
import type { SessionStore } from '../session/session.store.ts';
import type { IdentityStore, LinkedIdentity } from './identity.store.ts';
import { lastWayIn } from './oauth.problems.ts';
import type { WaysInStore } from './ways-in.store.ts';

export type IdentityService = ReturnType<typeof createIdentityService>;

export interface IdentityUnlinked {
  readonly __typename: 'UnlinkIdentitySuccess';
  readonly identityId: string;
}

export function createIdentityService({
  transactions,
  accounts,
  identities,
  waysIn,
  sessionStore,
  clock,
}: {
  transactions: Transactions<Tx>;
  accounts: AccountStore;
  identities: IdentityStore;
  waysIn: WaysInStore;
  sessionStore: SessionStore;
  clock: Clock;
}) {
  return {
    /** The providers' accounts by which the viewer signs in. */
    async list(viewer: Member | null, accountId: string): Promise<LinkedIdentity[]> {
      return viewer?.id === accountId ? identities.of(accountId) : [];
    },

    /** Ends signing in by a provider's account, unless that is the viewer's last way in. */
    async unlink(
      viewer: Member | null,
      identityId: string,
    ): Promise<IdentityUnlinked | NotSignedIn | NotFound | Conflict> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      return transactions.run(async (tx) => {
        const version = await accounts.nextEventVersion(tx, member.id);
        const isOpen = await sessionStore.isOpen(tx, member.sessionId, member.id, clock());
        if (version === null || !isOpen) return notSignedIn();
        const ways = await waysIn.count(tx, member.id);
        if (!isId(identityId) || !(await identities.has(tx, member.id, identityId)))
          return notFound('linked account', ['input', 'identityId']);
        if (ways <= 1) return lastWayIn();
        await identities.remove(tx, member.id, identityId);
        await emit(transactions.sql(tx), passwordEvents, {
          type: 'account.security_changed',
          aggregateId: member.id,
          aggregateVersion: version,
          actorId: member.id,
          payload: { accountId: member.id, change: 'IDENTITY_UNLINKED' },
        });
        return { __typename: 'UnlinkIdentitySuccess', identityId };
      });
    },
  };
}
