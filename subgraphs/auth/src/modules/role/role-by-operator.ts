import type { Transactions } from '@community/events/sql';
import type { Role } from '@community/kit/member';
import type { Tx } from '../../database.ts';
import type { AccountStore } from '../account/account.store.ts';
import { normaliseEmail } from '../account/email.ts';
import type { RoleChange } from './role.policy.ts';
import type { ChangeRole } from './role-change.ts';

/** Changes roles at the operator's command: so the first administrator comes into being. */
export function createRoleByOperator({
  transactions,
  accounts,
  changeRole,
}: {
  transactions: Transactions<Tx>;
  accounts: AccountStore;
  changeRole: ChangeRole;
}) {
  /** @returns the roles after it, or why not, in words for the operator */
  return async function change(
    email: string,
    of: Pick<RoleChange, 'role' | 'kind'>,
  ): Promise<{ roles: readonly Role[] } | { refused: string }> {
    return transactions.run(async (tx) => {
      await accounts.lockRoles(tx);
      const accountId = await accounts.openByEmail(tx, normaliseEmail(email));
      const account = accountId && (await accounts.byId(tx, accountId));
      if (!account) return { refused: `nobody has an open account with the address ${email}` };
      const changed = await changeRole(tx, null, account, of);
      return 'code' in changed ? { refused: changed.message } : { roles: changed };
    });
  };
}
