import { createTestDatabase } from '@community/database/template';
import { defineEvents } from '@community/events/contract';
import { emit } from '@community/events/outbox';
import { createPool } from '@community/kit/database';
import { newId } from '@community/kit/ids';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openDatabase, type Tx } from '../src/database.ts';

const events = defineEvents('content', {
  'thing.changed': { version: 1, aggregate: 'thing', payload: z.object({}) },
});

describe('a transaction with SQL and with models of Prisma', () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  let pool: pg.Pool;
  let opened: ReturnType<typeof openDatabase>;
  let told = 0;
  beforeAll(async () => {
    database = await createTestDatabase({
      name: 'transactions',
      migrations: [
        { directory: 'prisma/content/migrations' },
        { directory: 'packages/events/migrations', schema: 'events' },
      ],
    });
    pool = createPool(database.url, 'transactions', 1);
    opened = openDatabase(pool, () => {
      told += 1;
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

  const tell = (tx: Tx) =>
    emit(opened.transactions.sql(tx), events, {
      type: 'thing.changed',
      aggregateId: 'x',
      aggregateVersion: 1,
      payload: {},
    });

  it('keeps what both wrote, and each sees what the other did', async () => {
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
  });

  it('says so once when it is committed with events, and not without, nor when it is undone', async () => {
    const before = told;
    await opened.transactions.run((tx) => addBySql(tx, 'silent-1'));
    await expect(
      opened.transactions.run(async (tx) => {
        await tell(tx);
        throw new Error('never mind');
      }),
    ).rejects.toThrow('never mind');
    expect(told).toBe(before);
    await opened.transactions.run(async (tx) => {
      await tell(tx);
      await tell(tx);
      expect(told).toBe(before);
    });
    expect(told).toBe(before + 1);
    await opened.transactions.alone(tell);
    expect(told).toBe(before + 2);
  });

  it('that is one statement alone is kept by itself, and is neither two nor a model', async () => {
    expect(await opened.transactions.alone((tx) => addBySql(tx, 'alone-1'))).toBe(1);
    const two = opened.transactions.alone(async (tx) => {
      await addBySql(tx, 'alone-2');
      await addBySql(tx, 'alone-3');
    });
    await expect(two).rejects.toThrow('one statement is sent alone');
    await expect(opened.transactions.alone(async (tx) => addByModel(tx, 'alone-4'))).rejects.toThrow('board');
    expect(await slugs(opened.prisma, 'alone-')).toEqual(['alone-1', 'alone-2']);
  });

  it('keeps nothing of either when its work throws, and the connection serves the next one', async () => {
    const failing = opened.transactions.run(async (tx) => {
      await addByModel(tx, 'lost-1');
      await addBySql(tx, 'lost-2');
      throw new Error('never mind');
    });
    await expect(failing).rejects.toThrow('never mind');
    await opened.transactions.run((tx) => addByModel(tx, 'next-1'));
    expect(await slugs(opened.prisma, 'lost-')).toEqual([]);
    expect(await slugs(opened.prisma, 'next-')).toEqual(['next-1']);
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
