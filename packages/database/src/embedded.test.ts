import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { withClient } from './connection.ts';
import { startEmbeddedPostgres } from './embedded.ts';
import { StartError } from './start-error.ts';
import { temporaryFolder } from './testing-folder.ts';

const value = (url: string, sql: string) =>
  withClient(url, async (client) => Object.values((await client.query(sql)).rows[0] ?? {})[0]);

describe('startEmbeddedPostgres', () => {
  it('keeps data over a stop, and starts on the port it is told', async () => {
    using folder = temporaryFolder();
    const first = await startEmbeddedPostgres({ dataDir: folder.path, durable: false });
    await value(first.superuserUrl, 'CREATE TABLE kept AS SELECT 42 AS n');
    await first.stop();
    const second = await startEmbeddedPostgres({ dataDir: folder.path, durable: false, port: first.port });
    expect(second.superuserUrl).toBe(first.superuserUrl);
    expect(await value(second.superuserUrl, 'SELECT n FROM kept')).toBe(42);
    await second.stop();
    expect(existsSync(join(folder.path, 'cluster/postmaster.pid'))).toBe(false);
  });

  it('works below a folder that only its owner can enter, and keeps others out of its data', async () => {
    using folder = temporaryFolder();
    const closed = join(folder.path, 'home');
    mkdirSync(closed, { mode: 0o700 });
    const server = await startEmbeddedPostgres({ dataDir: join(closed, 'clone/.data/postgres'), durable: false });
    expect(await value(server.superuserUrl, 'SELECT 1')).toBe(1);
    await expect(value(server.superuserUrl.replace(/:[^:@]*@/, ':guess@'), 'SELECT 1')).rejects.toThrow('password');
    await server.stop();
  });

  it('orders text by code point, folds case beyond ASCII, and indexes Korean words', async () => {
    using folder = temporaryFolder();
    const server = await startEmbeddedPostgres({ dataDir: folder.path, durable: false });
    expect(await value(server.superuserUrl, "SELECT lower('ÄÉ')")).toBe('äé');
    expect(await value(server.superuserUrl, "SELECT to_tsvector('안녕하세요 검색')::text")).toBe(
      "'검색':2 '안녕하세요':1",
    );
    await value(server.superuserUrl, 'CREATE EXTENSION pg_trgm');
    expect(await value(server.superuserUrl, "SELECT similarity('안녕하세요', '안녕하세') > 0.5")).toBe(true);
    await value(server.superuserUrl, 'CREATE EXTENSION pg_stat_statements');
    expect(await value(server.superuserUrl, 'SELECT count(*) > 0 FROM pg_stat_statements')).toBe(true);
    await server.stop();
  });

  it('refuses a folder that a living process uses', async () => {
    using folder = temporaryFolder();
    const server = await startEmbeddedPostgres({ dataDir: folder.path, durable: false });
    await expect(startEmbeddedPostgres({ dataDir: folder.path })).rejects.toThrow(
      /in use by process \d+: stop that one/,
    );
    expect(await value(server.superuserUrl, 'SELECT 1')).toBe(1);
    await server.stop();
  });

  it('names a port in use', async () => {
    using folder = temporaryFolder();
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((listening) => other.once('listening', listening));
    const { port } = other.address() as { port: number };
    const failure = await startEmbeddedPostgres({ dataDir: folder.path, durable: false, port }).catch(
      (error: unknown) => error,
    );
    other.close();
    expect(failure).toBeInstanceOf(StartError);
    expect((failure as StartError).message).toMatch(new RegExp(`^Port ${port}, .*choose another port\\.$`));
  });

  it('tells when the server ends by itself, and starts again over what it left', async () => {
    using folder = temporaryFolder();
    const first = await startEmbeddedPostgres({ dataDir: folder.path, durable: false });
    const busy = withClient(first.superuserUrl, (client) =>
      client.query('SELECT count(*) FROM generate_series(1, 1e12)'),
    ).catch(() => {});
    await vi.waitUntil(() =>
      value(
        first.superuserUrl,
        "SELECT count(*) = 1 FROM pg_stat_activity WHERE query LIKE '%1e12%' AND pid <> pg_backend_pid()",
      ),
    );
    process.kill(first.pid, 'SIGKILL');
    await first.exited;
    const second = await startEmbeddedPostgres({ dataDir: folder.path, durable: false, port: first.port });
    expect(await value(second.superuserUrl, 'SELECT 1')).toBe(1);
    await second.stop();
    await busy;
  });

  it('starts over a pid file whose process is another program, and over a half-made cluster', async () => {
    using folder = temporaryFolder();
    mkdirSync(join(folder.path, 'cluster.new/base'), { recursive: true });
    const first = await startEmbeddedPostgres({ dataDir: folder.path, durable: false });
    const pidFile = join(folder.path, 'cluster/postmaster.pid');
    const content = readFileSync(pidFile, 'utf8');
    await first.stop();
    writeFileSync(pidFile, content.replace(/^\d+/, String(process.ppid)));
    chmodSync(pidFile, 0o644);
    const second = await startEmbeddedPostgres({ dataDir: folder.path, durable: false });
    await second.stop();
  });

  it('names a data folder that cannot be made, and one of another version', async () => {
    using folder = temporaryFolder();
    writeFileSync(join(folder.path, 'file'), '');
    await expect(startEmbeddedPostgres({ dataDir: join(folder.path, 'file/data') })).rejects.toThrow(
      /cannot be written \(ENOTDIR\): give this account/,
    );
    mkdirSync(join(folder.path, 'old/cluster'), { recursive: true });
    writeFileSync(join(folder.path, 'old/cluster/PG_VERSION'), '15\n');
    await expect(startEmbeddedPostgres({ dataDir: join(folder.path, 'old') })).rejects.toThrow(
      /written by PostgreSQL 15, and this is 18/,
    );
  });
});
