import { emit } from '@community/events/outbox';
import type { Transactions } from '@community/events/sql';
import type { Role } from '@community/kit/member';
import type { Forbidden, Invalid } from '@community/kit/problem';
import type { Clock } from '../../clock.ts';
import type { Tx } from '../../database.ts';
import { accountEvents } from '../account/account.events.ts';
import type { AccountStore } from '../account/account.store.ts';
import type { Account } from '../account/account.ts';
import type { AuditStore } from '../audit/audit.store.ts';
import { changedRoles, type RoleChange, refuseRoleChange } from './role.policy.ts';

export type ChangeRole = ReturnType<typeof createRoleChange>;

/** The one way in which roles change. */
export function createRoleChange({
  transactions,
  accounts,
  audit,
  clock,
}: {
  transactions: Transactions<Tx>;
  accounts: AccountStore;
  audit: AuditStore;
  clock: Clock;
}) {
  /**
   * Changes a role, writes down who did it and tells it; does nothing when it is so already. The roles are locked.
   * @param actor null: the operator, who is above all members
   * @param account null: there is none; only what nobody may do at all is refused then
   */
  return async function change(
    tx: Tx,
    actor: Account | null,
    account: Account | null,
    { role, kind }: Pick<RoleChange, 'role' | 'kind'>,
  ): Promise<readonly Role[] | Forbidden | Invalid> {
    const targetRoles = account?.roles ?? [];
    const refusal = refuseRoleChange({
      ...{ actorRoles: actor ? actor.roles : ['ADMINISTRATOR'], targetRoles, role, kind },
      administratorCount: await accounts.administratorCount(tx),
    });
    if (refusal) return refusal;
    const roles = changedRoles(targetRoles, role, kind);
    if (!account || roles.length === targetRoles.length) return roles;
    await audit.add(tx, {
      ...{ at: clock(), act: kind === 'GRANT' ? 'ROLE_GRANTED' : 'ROLE_REVOKED' },
      ...{ actorId: actor?.id ?? null, accountId: account.id, role },
    });
    await emit(transactions.sql(tx), accountEvents, {
      type: 'account.roles_changed',
      aggregateId: account.id,
      aggregateVersion: await accounts.setRoles(tx, account.id, roles),
      ...(actor ? { actorId: actor.id } : {}),
      payload: { accountId: account.id, roles: [...roles] },
    });
    return roles;
  };
}
