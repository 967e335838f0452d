import pg from 'pg';
import { connectionConfig } from './database.mjs';

const INVALID_CATALOG_NAME = '3D000';
const INVALID_PASSWORD = '28P01';

/** The engine's `cli <command>`, by which Prisma asks for a database as a whole. Returns the exit code. */
export async function runCommand(command, url) {
  const config = connectionConfig(url);
  const name = pg.escapeIdentifier(config.database);
  const commands = {
    'can-connect-to-database': [config.database, 'SELECT 1'],
    'create-database': ['postgres', `CREATE DATABASE ${name}`],
    'drop-database': ['postgres', `DROP DATABASE IF EXISTS ${name}`],
  };
  try {
    if (!commands[command]) throw new Error(`this schema engine has no command ${command}`);
    const [database, sql] = commands[command];
    const client = new pg.Client({ ...config, database });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
    return 0;
  } catch (error) {
    const fields = { message: error.message || String(error), error_code: errorCode(error) };
    // Prisma takes the last line of stderr that is JSON of this shape for the reason.
    const record = { timestamp: new Date().toISOString(), level: 'ERROR', fields, target: 'schema_engine::logger' };
    process.stderr.write(`\n${JSON.stringify(record)}\n`);
    return 1;
  }
}

/** https://www.prisma.io/docs/orm/reference/error-reference */
function errorCode({ code }) {
  if (code === INVALID_CATALOG_NAME) return 'P1003';
  return code === INVALID_PASSWORD ? 'P1000' : 'P1001';
}
