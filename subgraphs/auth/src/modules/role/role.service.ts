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
import type { AccountStore } from '../account/account.store.ts';
import type { SessionStore } from '../session/session.store.ts';
import type { RoleChange } from './role.policy.ts';
import type { ChangeRole } from './role-change.ts';

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
  changeRole,
  clock,
}: {
  transactions: Transactions<Tx>;
  accounts: AccountStore;
  sessions: SessionStore;
  changeRole: ChangeRole;
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
      const roles = await changeRole(tx, actor, account, { role: target.role, kind });
      if ('code' in roles) return roles;
      if (!account) return notFound('account', ['input', 'accountId']);
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
