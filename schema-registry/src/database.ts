import { prismaAdapter } from '@community/kit/transactions';
import type { Pool } from 'pg';
import { type Prisma, PrismaClient } from './generated/prisma/client.ts';

export type Db = PrismaClient;
/** A transaction, or the client itself where one statement is enough. */
export type Tx = Prisma.TransactionClient;

/** Time enough for a launch of some hundred subgraphs to be written. */
const TRANSACTION_MS = 30_000;

/** Opens the registry's Prisma client over the pool. */
export function openDatabase(pool: Pool): Db {
  return new PrismaClient({
    adapter: prismaAdapter(pool),
    transactionOptions: { maxWait: TRANSACTION_MS, timeout: TRANSACTION_MS },
  });
}
