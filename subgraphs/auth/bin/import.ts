import { runDomainImport } from '@community/import/domain-command';
import { rejectedBefore } from '@community/import/rejected-before';
import { openDatabase } from '../src/database.ts';
import { createAccountImportStore } from '../src/modules/import/account-import.store.ts';
import { accountImport } from '../src/modules/import/account-import.ts';

await runDomainImport('auth', async ({ pool, idOf, rejectsFolder }) => {
  const { prisma, transactions } = openDatabase(pool, () => {});
  const rejected = await rejectedBefore(rejectsFolder, ['user-handles']);
  return {
    domain: 'auth',
    transactions,
    steps: [accountImport({ transactions, accounts: createAccountImportStore(), idOf, rejected })],
    close: () => prisma.$disconnect(),
  };
});
