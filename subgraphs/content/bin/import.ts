import { join } from 'node:path';
import { runDomainImport } from '@community/import/domain-command';
import type { ImportIds } from '@community/import/import-ids';
import { readLines } from '@community/import/lines';
import { rejectedBefore } from '@community/import/rejected-before';
import { openDatabase } from '../src/database.ts';
import { boardImport } from '../src/modules/import/board-import.ts';
import { bookmarkImport } from '../src/modules/import/bookmark-import.ts';
import { commentImport } from '../src/modules/import/comment-import.ts';
import { createImportStore, type ImportStore } from '../src/modules/import/import.store.ts';
import { likeImport } from '../src/modules/import/like-import.ts';
import { postImport } from '../src/modules/import/post-import.ts';

const NOTED_AT_ONCE = 5_000;

/** Notes the members whom the domains before this one have taken. */
async function noteMembers(store: ImportStore, idOf: ImportIds, folder: string, rejectsFolder: string): Promise<void> {
  const rejected = await rejectedBefore(rejectsFolder, ['user-handles', 'auth-accounts']);
  let ids: string[] = [];
  for await (const { number, text } of readLines(join(folder, 'members.jsonl'), { line: 0, byteOffset: 0 })) {
    const id = sourceIdOf(text);
    if (id !== null && !rejected.has(number)) ids.push(idOf('member', id));
    if (ids.length < NOTED_AT_ONCE) continue;
    await store.noteMembers(ids);
    ids = [];
  }
  await store.noteMembers(ids);
}

/** Of a line that may be anything: others have told what is wrong with it. */
function sourceIdOf(text: string | null): string | null {
  try {
    const { id } = JSON.parse(text ?? '') as { id?: unknown };
    return typeof id === 'string' ? id : null;
  } catch {
    return null;
  }
}

await runDomainImport('content', async ({ pool, idOf, folder, rejectsFolder }) => {
  const { prisma, transactions } = openDatabase(pool, () => {});
  const store = createImportStore(pool);
  await noteMembers(store, idOf, folder, rejectsFolder);
  const tools = { transactions, store, idOf };
  return {
    domain: 'content',
    transactions,
    steps: [boardImport, postImport, commentImport, likeImport, bookmarkImport].map((step) => step(tools)),
    close: () => prisma.$disconnect(),
  };
});
