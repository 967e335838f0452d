import { applyMigrations } from '@community/database/migrate';

export const IMPORT_MIGRATIONS = { directory: 'packages/import/migrations', schema: 'import' };

/** Makes or brings up to date the tables of imports in a domain's database. */
export async function migrateImports(url: string): Promise<void> {
  await applyMigrations({ url, ...IMPORT_MIGRATIONS });
}
