import { randomUUID } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import { ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import pg from 'pg';

const CHAR = 18;
const TEXT = 25;
const TEXT_ARRAY = 1009;

/** Types of PostgreSQL's catalogs, by oid, which the adapter refuses; the engine reads them as text. */
const READ_AS = new Map([
  [CHAR, TEXT], // "char"
  [24, TEXT], // regproc
  [28, TEXT], // xid
  [194, TEXT], // pg_node_tree
  [2205, TEXT], // regclass
  [2206, TEXT], // regtype
  [4089, TEXT], // regnamespace
  [1003, TEXT_ARRAY], // name[]
]);

/** The parts of a connection URL, apart, because `pg` takes a URL's database over the one it is told. */
export function connectionConfig(url) {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url);
  const schema = searchParams.get('schema');
  return {
    host: hostname,
    port: Number(port || 5432),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: decodeURIComponent(pathname.slice(1)) || 'postgres',
    application_name: 'prisma-schema-engine',
    ...(schema ? { options: `-c search_path=${schema}` } : {}),
  };
}

/**
 * The engine's way to a database, and to the shadow database it makes to replay migrations in.
 * Its pools end when the engine disposes of them, and by `dispose` at the latest.
 */
export class DatabaseFactory {
  provider = 'postgres';
  adapterName = '@prisma/adapter-pg';
  #config;
  #schema;
  #open = new Set();

  constructor(url) {
    this.#config = connectionConfig(url);
    this.#schema = new URL(url).searchParams.get('schema') ?? undefined;
  }

  connect() {
    return this.#adapter(this.#config, async () => {});
  }

  async connectToShadowDb() {
    const database = `prisma_migrate_shadow_db_${randomUUID()}`;
    const admin = new pg.Client(this.#config);
    await admin.connect();
    await admin.query(`CREATE DATABASE "${database}" TEMPLATE template0`);
    return this.#adapter({ ...this.#config, database }, async () => {
      await admin.query(`DROP DATABASE IF EXISTS "${database}" WITH (FORCE)`);
      await admin.end();
    });
  }

  async dispose() {
    for (const close of this.#open) await close();
  }

  async #adapter(config, afterwards) {
    const pool = new pg.Pool({ ...config, max: 1 });
    pool.on('error', () => {});
    const close = async () => {
      if (!this.#open.delete(close)) return;
      await pool.end();
      await afterwards();
    };
    this.#open.add(close);
    return readingCatalogs(await new PrismaPg(pool, { schema: this.#schema }).connect(), pool, close);
  }
}

function readingCatalogs(adapter, pool, close) {
  const query = pool.query.bind(pool);
  let types = [];
  pool.query = async (...args) => {
    const result = await query(...args);
    types = result.fields?.map((field) => field.dataTypeID) ?? [];
    for (const field of result.fields ?? []) field.dataTypeID = READ_AS.get(field.dataTypeID) ?? field.dataTypeID;
    return result;
  };
  const queryRaw = adapter.queryRaw.bind(adapter);
  return Object.assign(adapter, {
    async queryRaw(statement) {
      const result = await queryRaw(statement);
      types.forEach((type, index) => {
        if (type === CHAR) result.columnTypes[index] = ColumnTypeEnum.Character;
      });
      return result;
    },
    // In one message: the adapter would cut a script at every semicolon, those within function bodies too.
    async executeScript(script) {
      try {
        await query(script);
      } catch (error) {
        adapter.onError(error);
      }
    },
    dispose: close,
  });
}
