import { createPool } from '@community/kit/database';
import type { Role } from '@community/kit/member';
import { systemClock } from './clock.ts';
import { openDatabase } from './database.ts';
import { createAccountStore } from './modules/account/account.store.ts';
import { createAuditStore } from './modules/audit/audit.store.ts';
import type { RoleChange } from './modules/role/role.policy.ts';
import { createRoleByOperator } from './modules/role/role-by-operator.ts';
import { createRoleChange } from './modules/role/role-change.ts';

/**
 * Gives or takes a role past all members: who has the database may.
 * @param databaseUrl of auth; the platform may run or not
 * @returns the roles after it, or why not, in words for the operator
 */
export async function changeRoleByOperator(
  databaseUrl: string,
  email: string,
  change: Pick<RoleChange, 'role' | 'kind'>,
): Promise<{ roles: readonly Role[] } | { refused: string }> {
  const pool = createPool(databaseUrl, 'community-accounts', 1);
  // The relay of the platform that runs finds the event by itself.
  const { prisma, transactions } = openDatabase(pool, () => {});
  try {
    const base = {
      transactions,
      accounts: createAccountStore(prisma),
      audit: createAuditStore(prisma),
      clock: systemClock,
    };
    return await createRoleByOperator({ ...base, changeRole: createRoleChange(base) })(email, change);
  } finally {
    await prisma.$disconnect();
    await pool.end();
  }
}
