import type { PageRequest } from '@community/kit/connection';
import { inOrder } from '@community/kit/loader';
import type { Db, Tx } from '../../database.ts';
import type { Draft } from './draft.ts';

export type DraftStore = ReturnType<typeof createDraftStore>;

type Words = Pick<Draft, 'boardId' | 'title' | 'body' | 'language' | 'tags'>;

const dataOf = ({ tags, ...words }: Words) => ({ ...words, tags: [...tags] });

/** Every statement names the author: a draft is nobody else's. */
export function createDraftStore(prisma: Db) {
  return {
    /** Drafts of the author by id, in the order of the ids; null for those that are not hers. */
    async byIds(authorId: string, ids: readonly string[]): Promise<(Draft | null)[]> {
      const rows = await prisma.draft.findMany({ where: { authorId, id: { in: [...ids] } } });
      return inOrder(ids, rows, (row) => row.id);
    },

    /** The author's drafts, the last saved first; one more than asked for. */
    async page(authorId: string, { first, after }: PageRequest): Promise<Draft[]> {
      const savedAt = after && new Date(String(after[0]));
      return prisma.draft.findMany({
        where: {
          authorId,
          ...(savedAt && after
            ? { OR: [{ savedAt: { lt: savedAt } }, { savedAt, id: { lt: String(after[1]) } }] }
            : {}),
        },
        orderBy: [{ savedAt: 'desc' }, { id: 'desc' }],
        take: first + 1,
      });
    },

    async byId(tx: Tx, authorId: string, id: string): Promise<Draft | null> {
      return tx.draft.findFirst({ where: { id, authorId } });
    },

    /** Her draft, whose row stays locked until the transaction ends. */
    async lock(tx: Tx, authorId: string, id: string): Promise<Draft | null> {
      await tx.$executeRaw`SELECT FROM draft WHERE id = ${id}::uuid AND author_id = ${authorId}::uuid FOR UPDATE`;
      return tx.draft.findFirst({ where: { id, authorId } });
    },

    async count(tx: Tx, authorId: string): Promise<number> {
      return tx.draft.count({ where: { authorId } });
    },

    async create(tx: Tx, draft: Words & { id: string; authorId: string }): Promise<Draft> {
      const { id, authorId, ...words } = draft;
      return tx.draft.create({ data: { id, authorId, ...dataOf(words) } });
    },

    /** Saves a locked draft anew. */
    async save(tx: Tx, id: string, words: Words): Promise<Draft> {
      return tx.draft.update({
        where: { id },
        data: { ...dataOf(words), version: { increment: 1 }, savedAt: new Date() },
      });
    },

    /** @returns whether there was one */
    async remove(tx: Tx, authorId: string, id: string): Promise<boolean> {
      return (await tx.draft.deleteMany({ where: { id, authorId } })).count === 1;
    },
  };
}
