import { applyMigrations } from '@community/database/migrate';

/** Makes or brings up to date the tables of sagas in a domain's database. */
export async function migrateSagas(url: string): Promise<void> {
  await applyMigrations({ url, directory: 'packages/saga/migrations', schema: 'saga' });
}
