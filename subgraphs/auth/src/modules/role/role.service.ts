import { emit } from '@community/events/outbox';
import type { Transactions } from '@community/events/sql';
import { isId } from '@community/kit/ids';
import type { Member, Role } from '@community/kit/member';
import {
  type Forbidden,
  type Invalid,
  isProblem,
  type NotFound,
  type NotSignedIn,
  notFound,
  notSignedIn,
  requireMember,
} from '@community/kit/problem';
import type { Clock } from '../../clock.ts';
import type { Tx } from '../../database.ts';
import { accountEvents } from '../account/account.events.ts';
import type { AccountStore } from '../account/account.store.ts';
import type { SessionStore } from '../session/session.store.ts';
import { changedRoles, type RoleChange, refuseRoleChange } from './role.policy.ts';

export type RoleService = ReturnType<typeof createRoleService>;

export interface RolesChanged<Name extends string> {
  readonly __typename: Name;
  readonly accountId: string;
  readonly roles: readonly Role[];
}

type Refused = NotSignedIn | Forbidden | NotFound | Invalid;

export function createRoleService({
  transactions,
  accounts,
  sessions,
  clock,
}: {
  transactions: Transactions<Tx>;
  accounts: AccountStore;
  sessions: SessionStore;
  clock: Clock;
}) {
  /** Changes roles; does nothing when they are so already. The actor's rights are read anew: tokens are minutes old. */
  async function change<Name extends string>(
    viewer: Member | null,
    target: { accountId: string; role: Role },
    kind: RoleChange['kind'],
    success: Name,
  ): Promise<RolesChanged<Name> | Refused> {
    const member = requireMember(viewer);
    if (isProblem(member)) return member;
    return transactions.run(async (tx) => {
      await accounts.lockRoles(tx);
      const actor = await accounts.byId(tx, member.id);
      if (!actor || !(await sessions.isOpen(tx, member.sessionId, member.id, clock()))) return notSignedIn();
      const account = isId(target.accountId) ? await accounts.byId(tx, target.accountId) : null;
      const refusal = refuseRoleChange({
        actorRoles: actor.roles,
        targetRoles: account?.roles ?? [],
        role: target.role,
        kind,
        administratorCount: await accounts.administratorCount(tx),
      });
      if (refusal) return refusal;
      if (!account) return notFound('account', ['input', 'accountId']);
      const roles = changedRoles(account.roles, target.role, kind);
      if (roles.length !== account.roles.length) {
        await emit(transactions.sql(tx), accountEvents, {
          type: 'account.roles_changed',
          aggregateId: account.id,
          aggregateVersion: await accounts.setRoles(tx, account.id, roles),
          actorId: member.id,
          payload: { accountId: account.id, roles },
        });
      }
      return { __typename: success, accountId: account.id, roles };
    });
  }

  return {
    /** Gives a member a role; only administrators may. */
    grant: (viewer: Member | null, target: { accountId: string; role: Role }) =>
      change(viewer, target, 'GRANT', 'GrantRoleSuccess'),

    /** Takes a role away; only administrators may, and the last of them stays one. */
    revoke: (viewer: Member | null, target: { accountId: string; role: Role }) =>
      change(viewer, target, 'REVOKE', 'RevokeRoleSuccess'),
  };
}
