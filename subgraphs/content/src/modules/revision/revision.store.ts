import type { PageRequest } from '@community/kit/connection';
import type { Db, Tx } from '../../database.ts';
import { type Change, differenceOf } from './difference.ts';
import type { Revision, Wording } from './revision.ts';

export type RevisionStore = ReturnType<typeof createRevisionStore>;

/** A page of the revisions of a post or a comment. */
export interface RevisionList {
  readonly thingId: string;
  readonly page: PageRequest;
}

/** Older ones are forgotten. */
const MOST_REVISIONS = 100;

const rowOf = ({ id, authorId, version, title, createdAt, editedAt }: Wording, changes: readonly Change[]) => ({
  thingId: id,
  authorId,
  version,
  title: title ?? null,
  changes: changes.map((change) => [...change]),
  writtenAt: editedAt ?? createdAt,
});

export function createRevisionStore(prisma: Db) {
  return {
    /** Keeps what an edit made of a thing, and at the first edit what it said before. */
    async record(tx: Tx, before: Wording, after: Wording): Promise<void> {
      await tx.revision.createMany({
        data: [rowOf(before, [['ADDED', before.body]]), rowOf(after, differenceOf(before.body, after.body))],
        skipDuplicates: true,
      });
      const oldest = after.version - MOST_REVISIONS;
      if (oldest > 0) await tx.revision.deleteMany({ where: { thingId: after.id, version: { lte: oldest } } });
    },

    async remove(tx: Tx, thingId: string): Promise<void> {
      await tx.revision.deleteMany({ where: { thingId } });
    },

    /** Pages of the revisions of things, the latest first, one more than asked for; one statement for each size. */
    async lists(asked: readonly RevisionList[]): Promise<Revision[][]> {
      const found = asked.map(() => [] as Revision[]);
      for (const first of new Set(asked.map((list) => list.page.first))) {
        const places = asked.flatMap((list, place) => (list.page.first === first ? [place] : []));
        const things = places.map((place) => asked[place]?.thingId);
        const befores = places.map((place) => Number(asked[place]?.page.after?.[0] ?? 2 ** 31 - 1));
        const rows = await prisma.$queryRaw<(Revision & { place: number })[]>`
          SELECT asked.place, page.*
          FROM unnest(${things}::uuid[], ${befores}::int[], ${places}::int[]) AS asked (thing, before, place)
          CROSS JOIN LATERAL (
            SELECT version, title, changes, written_at AS "writtenAt" FROM revision
            WHERE thing_id = asked.thing AND version < asked.before
            ORDER BY version DESC LIMIT ${first + 1}
          ) AS page
          ORDER BY asked.place, page.version DESC`;
        for (const { place, ...revision } of rows) found[place]?.push(revision);
      }
      return found;
    },
  };
}
