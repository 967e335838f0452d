import { newId } from '@community/kit/ids';
import type { Db } from '../../database.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import type { Check, CheckTasks } from './check.ts';

/** The JSON columns are written by this store alone. */
const toCheck = (row: Prisma.CheckGetPayload<object>): Check => row as unknown as Check;
const json = (value: unknown) => value as Prisma.InputJsonValue;

export interface Approval {
  readonly change: string;
  /** Empty: for good. */
  readonly branch: string;
  readonly approvedBy: string;
  readonly createdAt: Date;
}

export function createCheckStore(db: Db) {
  return {
    async create({ git, tasks, ...check }: Omit<Check, 'id' | 'createdAt'>): Promise<Check> {
      return toCheck(await db.check.create({ data: { ...check, id: newId(), git: json(git), tasks: json(tasks) } }));
    },
    async byId(id: string): Promise<Check | null> {
      const row = await db.check.findUnique({ where: { id } });
      return row && toCheck(row);
    },
    async latest(variantId: string, limit: number): Promise<Check[]> {
      const rows = await db.check.findMany({ where: { variantId }, orderBy: { createdAt: 'desc' }, take: limit });
      return rows.map(toCheck);
    },
    async setTasks(id: string, tasks: CheckTasks, passed: boolean): Promise<Check> {
      return toCheck(await db.check.update({ where: { id }, data: { tasks: json(tasks), passed } }));
    },
    /** Approvals that hold for a branch: its own, and those for good. */
    async approvals(variantId: string, branch: string): Promise<Approval[]> {
      return db.approval.findMany({ where: { variantId, branch: { in: ['', branch] } } });
    },
    async approve(variantId: string, changes: readonly string[], branch: string, approvedBy: string): Promise<void> {
      await db.approval.createMany({
        data: changes.map((change) => ({ id: newId(), variantId, change, branch, approvedBy })),
        skipDuplicates: true,
      });
    },
    async forget(before: Date): Promise<number> {
      return (await db.check.deleteMany({ where: { createdAt: { lt: before } } })).count;
    },
  };
}

export type CheckStore = ReturnType<typeof createCheckStore>;
