import { runDomainImport } from '@community/import/domain-command';
import { rejectedBefore } from '@community/import/rejected-before';
import { openDatabase } from '../src/database.ts';
import { createMemberImportStore } from '../src/modules/import/member-import.store.ts';
import { followImport, handleImport, profileImport } from '../src/modules/import/member-import.ts';

await runDomainImport('user', async ({ pool, idOf, rejectsFolder }) => {
  const { prisma, transactions } = openDatabase(pool, () => {});
  const tools = { transactions, members: createMemberImportStore(), idOf };
  const rejected = await rejectedBefore(rejectsFolder, 'members.jsonl');
  return {
    domain: 'user',
    transactions,
    steps: [handleImport(tools), profileImport({ ...tools, rejected }), followImport(tools)],
    close: () => prisma.$disconnect(),
  };
});
