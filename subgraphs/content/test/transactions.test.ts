import { createTestDatabase } from '@community/database/template';
import { createPool } from '@community/kit/database';
import { newId } from '@community/kit/ids';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type Tx } from '../src/database.ts';

describe('a transaction with SQL and with models of Prisma', () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  let pool: pg.Pool;
  let opened: ReturnType<typeof openDatabase>;
  let commits = 0;
  beforeAll(async () => {
    database = await createTestDatabase({
      name: 'transactions',
      migrations: [{ directory: 'prisma/content/migrations' }],
    });
    pool = createPool(database.url, 'transactions', 1);
    opened = openDatabase(pool, () => {
      commits += 1;
    });
  });
  afterAll(async () => {
    await opened.prisma.$disconnect();
    await pool.end();
    await database[Symbol.asyncDispose]();
  });

  const addBySql = (tx: Tx, slug: string) =>
    tx.$executeRaw`INSERT INTO board (id, slug, name, created_by) VALUES (${newId()}::uuid, ${slug}, 'x', ${newId()}::uuid)`;
  const addByModel = (tx: Tx, slug: string) =>
    tx.board.create({ data: { id: newId(), slug, name: 'x', createdBy: newId() } });
  const slugs = async (db: Tx | typeof opened.prisma, like: string) =>
    (await db.board.findMany({ where: { slug: { startsWith: like } }, orderBy: { slug: 'asc' } })).map(
      ({ slug }) => slug,
    );

  it('keeps what both wrote, each sees what the other did, and says so once', async () => {
    const before = commits;
    const seen = await opened.transactions.run(async (tx) => {
      expect(await addBySql(tx, 'kept-1')).toBe(1);
      await addByModel(tx, 'kept-2');
      await addBySql(tx, 'kept-3');
      const rows = await tx.$queryRaw<{ n: bigint }[]>`SELECT count(*) AS n FROM board WHERE slug LIKE ${'kept-%'}`;
      expect(rows).toEqual([{ n: 3n }]);
      return slugs(tx, 'kept-');
    });
    expect(seen).toEqual(['kept-1', 'kept-2', 'kept-3']);
    expect(await slugs(opened.prisma, 'kept-')).toEqual(seen);
    expect(commits).toBe(before + 1);
  });

  it('keeps nothing of either when its work throws, and the connection serves the next one', async () => {
    const before = commits;
    const failing = opened.transactions.run(async (tx) => {
      await addByModel(tx, 'lost-1');
      await addBySql(tx, 'lost-2');
      throw new Error('never mind');
    });
    await expect(failing).rejects.toThrow('never mind');
    await opened.transactions.run((tx) => addByModel(tx, 'next-1'));
    expect(await slugs(opened.prisma, 'lost-')).toEqual([]);
    expect(await slugs(opened.prisma, 'next-')).toEqual(['next-1']);
    expect(commits).toBe(before + 1);
  });

  it('is no success when one of its statements failed and nobody minded', async () => {
    const failing = opened.transactions.run(async (tx) => {
      await addBySql(tx, 'half-1');
      await tx.$executeRaw`SELECT 1 / ${0}::int`.catch(() => {});
    });
    await expect(failing).rejects.toThrow('nothing of it is kept');
    expect(await slugs(opened.prisma, 'half-')).toEqual([]);
  });

  it('takes no statement when it is over', async () => {
    const [tx] = await opened.transactions.run(async (open) => [open]);
    await expect(addBySql(tx as Tx, 'late-1')).rejects.toThrow('the transaction is over');
    await expect(addByModel(tx as Tx, 'late-2')).rejects.toThrow('the transaction is over');
    expect(await slugs(opened.prisma, 'late-')).toEqual([]);
  });

  it('fails when its connection does, and the next one has another', async () => {
    const failing = opened.transactions.run(async (tx) => {
      await addByModel(tx, 'cut-1');
      await tx.$queryRaw`SELECT pg_terminate_backend(pg_backend_pid()) WHERE ${true}::boolean`;
    });
    await expect(failing).rejects.toThrow();
    await opened.transactions.run((tx) => addBySql(tx, 'cut-2'));
    expect(await slugs(opened.prisma, 'cut-')).toEqual(['cut-2']);
  });
});
