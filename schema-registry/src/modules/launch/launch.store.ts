import type { Db, Tx } from '../../database.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import type { Launch } from './launch.ts';

type Row = Prisma.LaunchGetPayload<object>;

/** The JSON columns are written by this store alone. */
const toLaunch = (row: Row): Launch => row as unknown as Launch;

const json = (value: unknown) => value as Prisma.InputJsonValue;

export function createLaunchStore(db: Db) {
  return {
    async create(tx: Tx, launch: Omit<Launch, 'createdAt'>): Promise<Launch> {
      const { git, inputs, errors, hints, changes, summary, ...columns } = launch;
      return toLaunch(
        await tx.launch.create({
          data: {
            ...columns,
            summary: summary.length > 500 ? `${summary.slice(0, 499)}…` : summary,
            git: json(git),
            inputs: json(inputs),
            errors: json(errors),
            hints: json(hints),
            changes: json(changes),
          },
        }),
      );
    },
    async byId(id: string): Promise<Launch | null> {
      const row = await db.launch.findUnique({ where: { id } });
      return row && toLaunch(row);
    },
    async byNumber(variantId: string, number: number): Promise<Launch | null> {
      const row = await db.launch.findUnique({ where: { variantId_number: { variantId, number } } });
      return row && toLaunch(row);
    },
    /** Newest first. @param before only launches with a smaller number */
    async history(variantId: string, limit: number, before?: number): Promise<Launch[]> {
      const rows = await db.launch.findMany({
        where: { variantId, ...(before === undefined ? {} : { number: { lt: before } }) },
        orderBy: { number: 'desc' },
        take: limit,
      });
      return rows.map(toLaunch);
    },
    /** The last launch before a number that succeeded with another schema. */
    async lastGoodBefore(variantId: string, number: number, supergraphHash: string): Promise<Launch | null> {
      const row = await db.launch.findFirst({
        where: { variantId, number: { lt: number }, status: 'SUCCEEDED', supergraphHash: { not: supergraphHash } },
        orderBy: { number: 'desc' },
      });
      return row && toLaunch(row);
    },
  };
}

export type LaunchStore = ReturnType<typeof createLaunchStore>;
