import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { applyMigrations } from './migrate.ts';
import { createTestDatabase } from './template.ts';
import { temporaryFolder } from './testing-folder.ts';

const BIN = fileURLToPath(new URL('../bin/', import.meta.url));
const CONFIG = fileURLToPath(new URL('../prisma.config.ts', import.meta.url));

const SCHEMA = `generator client {
  provider            = "prisma-client"
  output              = "../../generated/prisma"
  runtime             = "nodejs"
  moduleFormat        = "esm"
  importFileExtension = "ts"
}

datasource db {
  provider = "postgresql"
}

model Post {
  id    String @id @db.Uuid
  slug  String @unique
  state State  @default(DRAFT)
}

enum State {
  DRAFT
  SHOWN
}
`;

/** A repository of one domain, `shop`, and the two command lines in it. */
function repository(folder: string) {
  mkdirSync(join(folder, 'prisma/shop'), { recursive: true });
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  const run = (args: string[], env: NodeJS.ProcessEnv = {}) =>
    new Promise<{ code: number | null; output: string }>((done) => {
      const child = spawn(process.execPath, args, {
        cwd: folder,
        env: { ...process.env, CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1', ...env },
      });
      let output = '';
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (data) => {
          output += data;
        });
      child.stdin.end();
      child.once('close', (code) => done({ code, output }));
    });
  return {
    writeSchema: (schema: string) => writeFileSync(join(folder, 'prisma/shop/schema.prisma'), schema),
    ours: (...args: string[]) => run(['--import', import.meta.resolve('tsx'), join(BIN, 'prisma.ts'), ...args]),
    prisma: (url: string, ...args: string[]) =>
      run(['node_modules/prisma/build/index.js', ...args, '--config', CONFIG], {
        PRISMA_DOMAIN: 'shop',
        DATABASE_URL: url,
        PRISMA_SCHEMA_ENGINE_BINARY: join(BIN, 'schema-engine.mjs'),
      }),
  };
}

it('leads a schema to a client and migrations, and agrees with Prisma about what is applied', async () => {
  using folder = temporaryFolder();
  await using database = await createTestDatabase({ migrations: [] });
  const { writeSchema, ours, prisma } = repository(folder.path);
  const directory = join(folder.path, 'prisma/shop/migrations');
  writeSchema(SCHEMA);

  const written = await ours('migrate', 'shop', '--name', 'First posts');
  const file = /^(\S+_first_posts\/migration\.sql):/m.exec(written.output)?.[1] ?? '';
  expect(readFileSync(file, 'utf8')).toMatch(/^SET LOCAL lock_timeout = '2s';\n\n-- CreateEnum\n/);
  expect((await ours('generate')).output).toContain('shop: client is up to date');
  expect(await ours('check')).toEqual({ code: 0, output: expect.stringContaining('agree with the schemas') });

  expect((await prisma(database.url, 'migrate', 'status')).output).toContain('have not yet been applied');
  expect(await applyMigrations({ url: database.url, directory })).toHaveLength(1);
  expect(await prisma(database.url, 'migrate', 'status')).toEqual({
    code: 0,
    output: expect.stringContaining('Database schema is up to date'),
  });

  writeSchema(SCHEMA.replace('  state', '  title String @default("")\n  state'));
  const drifted = await ours('check');
  expect(drifted.code).toBe(1);
  expect(drifted.output).toContain('the committed client did not match the schema');
  expect(drifted.output).toMatch(/Added column `title`/);

  await ours('migrate', 'shop', '--name', 'title');
  expect((await prisma(database.url, 'migrate', 'deploy')).output).toContain('have been applied');
  expect(await applyMigrations({ url: database.url, directory }), 'what Prisma has applied is applied').toEqual([]);
}, 120_000);

it("carries Prisma's own development commands", async () => {
  using folder = temporaryFolder();
  await using database = await createTestDatabase({ migrations: [] });
  const { writeSchema, prisma } = repository(folder.path);
  // A superuser's: the shadow database and a reset create databases.
  const url = new URL(process.env.TEST_POSTGRES_URL ?? '');
  url.pathname = new URL(database.url).pathname;
  writeSchema(SCHEMA);
  expect(await prisma(url.href, 'migrate', 'dev', '--name', 'first')).toEqual({
    code: 0,
    output: expect.stringContaining('now in sync'),
  });
  writeSchema(SCHEMA.replace('@unique', '@unique\n  likes Int @default(0)'));
  expect((await prisma(url.href, 'db', 'push')).output).toContain('now in sync');
  expect((await prisma(url.href, 'db', 'pull', '--print')).output).toMatch(/likes\s+Int\s+@default\(0\)/);
  expect((await prisma(url.href, 'migrate', 'reset', '--force')).output).toContain('reset successful');
  expect((await prisma(url.href, 'migrate', 'status')).code).toBe(0);
  url.password = 'wrong';
  expect((await prisma(url.href, 'migrate', 'status')).output).toContain('P1000');
}, 120_000);
