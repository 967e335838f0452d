#!/usr/bin/env node
/**
 * A schema engine for Prisma's CLI made of packages that npm installs: where its own engine, which it downloads, cannot
 * be reached, `PRISMA_SCHEMA_ENGINE_BINARY=packages/database/bin/schema-engine.mjs npx prisma migrate …` works.
 * For development; at run time `applyMigrations` needs no Prisma. PostgreSQL only.
 *
 * It speaks the engine's protocol: `cli <command>` for whole databases, otherwise JSON-RPC 2.0, one object a line, on
 * stdin and stdout, whose methods are those of Prisma's own engine compiled to WebAssembly.
 */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { runCommand } from '../src/schema-engine/commands.mjs';
import { DatabaseFactory } from '../src/schema-engine/database.mjs';
import { SchemaEngine, takePanic, version } from '../src/schema-engine/wasm.mjs';

const { values, positionals } = parseArgs({
  options: {
    version: { type: 'boolean' },
    datasource: { type: 'string' },
    datamodels: { type: 'string', multiple: true, default: [] },
  },
  allowPositionals: true,
  strict: false,
});
const url = JSON.parse(values.datasource ?? '{}').url ?? process.env.DATABASE_URL;

if (values.version) console.log(`schema-engine-wasm ${version()}`);
else if (positionals[0] === 'cli') process.exitCode = await runCommand(positionals[1], url);
else for await (const line of createInterface({ input: process.stdin })) await answer(JSON.parse(line));

/** Messages without a method are answers to our own `print`, and need none. */
async function answer({ id, method, params }) {
  if (!method) return;
  try {
    send({ id, result: (await call(method, params)) ?? {} });
  } catch (error) {
    const panic = takePanic();
    const data = {
      is_panic: false,
      message: panic ?? error.message ?? String(error),
      meta: error.meta ?? {},
      error_code: error.code ?? error.error_code,
    };
    send({ id, error: { code: 4466, message: 'An error happened. Check the data field for details.', data } });
  }
}

/** One engine a request: each hands its shadow database's factory out only once. */
async function call(method, params) {
  const database = new DatabaseFactory(url);
  const datamodels = values.datamodels.map((path) => [path, readFileSync(path, 'utf8')]);
  const engine = await SchemaEngine.new(
    { datamodels: datamodels.length ? datamodels : undefined },
    () => {},
    bindMigrationAwareSqlAdapterFactory(database),
  );
  try {
    // In 7.10 these two find the shadow database only after a diagnosis by the same engine.
    if (method === 'evaluateDataLoss' || method === 'createMigration')
      await engine.devDiagnostic({ migrationsList: params.migrationsList, filters: params.filters });
    const result = await engine[method === 'getDatabaseVersion' ? 'version' : method](params);
    if (method !== 'diff' || typeof result?.stdout !== 'string') return result;
    send({ id: `print-${process.pid}`, method: 'print', params: { content: result.stdout } });
    return { ...result, stdout: null };
  } finally {
    engine.free();
    await database.dispose();
  }
}

function send(message) {
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
}
