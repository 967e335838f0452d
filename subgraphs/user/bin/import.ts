import { runDomainImport } from '@community/import/domain-command';
import { rejectedBefore } from '@community/import/rejected-before';
import { openDatabase } from '../src/database.ts';
import { createMemberImportStore } from '../src/modules/import/member-import.store.ts';
import { followImport, handleImport, profileImport, releaseImport } from '../src/modules/import/member-import.ts';

await runDomainImport('user', async ({ pool, idOf, rejectsFolder }) => {
  const { prisma, transactions } = openDatabase(pool, () => {});
  const rejected = await rejectedBefore(rejectsFolder, ['user-handles', 'auth-accounts']);
  const tools = { transactions, members: createMemberImportStore(), idOf, rejected };
  return {
    domain: 'user',
    transactions,
    steps: [handleImport, profileImport, releaseImport, followImport].map((step) => step(tools)),
    close: () => prisma.$disconnect(),
  };
});
