import { anyOf } from '@community/kit/asked-rows';
import type { PageRequest } from '@community/kit/connection';
import { inOrder } from '@community/kit/loader';
import type { Db, Tx } from '../../database.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import type { Board } from './board.ts';

export type BoardStore = ReturnType<typeof createBoardStore>;

const FIELDS = { id: true, slug: true, name: true, description: true, createdAt: true } as const;
/** The same fields in SQL, under the names that the domain gives them. */
const COLUMNS = Prisma.raw('id, slug, name, description, created_at AS "createdAt"');
/** A community has as many boards as fit a menu. */
const MOST_BOARDS = 200;

export function createBoardStore(prisma: Db) {
  return {
    async byIds(ids: readonly string[]): Promise<(Board | null)[]> {
      const rows = await prisma.$queryRaw<Board[]>`
        SELECT ${COLUMNS} FROM board WHERE id = ANY(${anyOf(ids)}::uuid[])`;
      return inOrder(ids, rows, (row) => row.id);
    },

    async bySlugs(slugs: readonly string[]): Promise<(Board | null)[]> {
      const rows = await prisma.board.findMany({ where: { slug: { in: [...slugs] } }, select: FIELDS });
      return inOrder(slugs, rows, (row) => row.slug);
    },

    /** All boards by name. */
    async all(): Promise<Board[]> {
      return prisma.board.findMany({ orderBy: [{ name: 'asc' }, { id: 'asc' }], take: MOST_BOARDS, select: FIELDS });
    },

    async byId(tx: Tx, id: string): Promise<Board | null> {
      return tx.board.findUnique({ where: { id }, select: FIELDS });
    },

    /** @returns null when the slug is taken */
    async create(
      tx: Tx,
      board: { id: string; slug: string; name: string; description: string; createdBy: string },
    ): Promise<Board | null> {
      const [row] = await tx.board.createManyAndReturn({ data: [board], skipDuplicates: true, select: FIELDS });
      return row ?? null;
    },

    /** A page of boards in the order of their ids, for snapshots. */
    async page(after: string | null, limit: PageRequest['first']) {
      return prisma.board.findMany({
        where: after ? { id: { gt: after } } : {},
        orderBy: { id: 'asc' },
        take: limit,
        select: { id: true, slug: true, eventVersion: true },
      });
    },
  };
}
