import { withDirectReads } from '@community/kit/database';
import { prismaAdapter, prismaTransactions } from '@community/kit/transactions';
import type { Pool } from 'pg';
import { type Prisma, PrismaClient } from './generated/prisma/client.ts';

/** A transaction of this domain's database. */
export type Tx = Prisma.TransactionClient;
export type Db = PrismaClient;

/** Opens this domain's Prisma client over the pool. @param afterTold wakes the relay of events */
export function openDatabase(pool: Pool, afterTold: () => void) {
  const prisma: Db = withDirectReads(new PrismaClient({ adapter: prismaAdapter(pool) }), pool);
  return { prisma, transactions: prismaTransactions<Tx>(prisma, pool, afterTold) };
}
