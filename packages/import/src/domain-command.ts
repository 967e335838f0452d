import { setTimeout } from 'node:timers/promises';
import { platformDatabases, unknownDatabase } from '@community/database/platform-databases';
import { createPool } from '@community/kit/database';
import type { Pool } from 'pg';
import { z } from 'zod';
import { type ImportIds, importIds } from './import-ids.ts';
import { migrateImports } from './migrate.ts';
import { type DomainImport, runImport, type StepReport } from './run-import.ts';

/** What a domain's command is told by the one that runs it. */
export interface ImportPlace {
  readonly pool: Pool;
  readonly idOf: ImportIds;
  readonly folder: string;
  readonly rejectsFolder: string;
}

/** What a domain's command tells, a line of JSON each. */
export type ImportMessage =
  | { readonly kind: 'progress'; readonly step: string; readonly done: number; readonly total: number }
  | ({ readonly kind: 'step' } & StepReport)
  | { readonly kind: 'failed'; readonly reason: string };

export interface OpenImport<Tx> extends DomainImport<Tx> {
  close(): Promise<void>;
}

const IMPORT_LOCK = 4_110_140;

/** The database of a process that was killed notices that it is gone when its last statement is done. */
const LOCK_WITHIN_MS = 10_000;

const variables = z.object({
  IMPORT_FOLDER: z.string(),
  IMPORT_SOURCE: z.string(),
  IMPORT_REJECTS: z.string(),
  IMPORT_DATA_DIR: z.string(),
});

/** Takes the lock of imports, which the pool's only connection holds until it ends. */
async function lockImports(pool: Pool): Promise<void> {
  for (const end = Date.now() + LOCK_WITHIN_MS; ; await setTimeout(100)) {
    const { rows } = await pool.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [IMPORT_LOCK]);
    if (rows[0]?.taken) return;
    if (Date.now() > end) throw new Error('another import is under way; wait for it, or end it');
  }
}

const tell = (message: ImportMessage) => process.stdout.write(`${JSON.stringify(message)}\n`);

/**
 * The part of one domain in an import, as a process of its own with its own database only: `import.ts [<step> …]`.
 * @param open makes the domain's steps
 */
export async function runDomainImport<Tx>(
  domain: string,
  open: (place: ImportPlace) => Promise<OpenImport<Tx>>,
): Promise<void> {
  const {
    IMPORT_FOLDER: folder,
    IMPORT_SOURCE: source,
    IMPORT_REJECTS: rejectsFolder,
    IMPORT_DATA_DIR: dataDir,
  } = variables.parse(process.env);
  const url = platformDatabases(dataDir)[domain];
  if (!url) {
    tell({ kind: 'failed', reason: unknownDatabase(domain) });
    process.exitCode = 1;
    return;
  }
  await migrateImports(url);
  const pool = createPool(url, 'community-import', 1);
  const wanted = new Set(process.argv.slice(2));
  try {
    await lockImports(pool);
    const opened = await open({ pool, idOf: importIds(source), folder, rejectsFolder });
    const steps = opened.steps.filter(({ name }) => wanted.size === 0 || wanted.has(name));
    await runImport(
      { ...opened, steps },
      {
        source,
        folder,
        rejectsFolder,
        onProgress: (step, done, total) => tell({ kind: 'progress', step, done, total }),
        onStep: (report) => tell({ kind: 'step', ...report }),
      },
    );
    await opened.close();
  } catch (error) {
    tell({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
    process.exitCode = 1;
  } finally {
    await pool.end();
  }
}
