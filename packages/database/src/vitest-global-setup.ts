import type { TestProject } from 'vitest/node';
import { startThrowAwayPostgres } from './throw-away-postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Superuser URL of the run's PostgreSQL server; `createTestDatabase` makes databases on it. */
    postgresUrl: string;
  }
}

/** One PostgreSQL server for a run of vitest. With TEST_POSTGRES_URL (a superuser's) that server is used instead. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const given = process.env.TEST_POSTGRES_URL;
  if (given) {
    project.provide('postgresUrl', given);
    return undefined;
  }
  const server = await startThrowAwayPostgres();
  process.env.TEST_POSTGRES_URL = server.superuserUrl;
  project.provide('postgresUrl', server.superuserUrl);
  return async () => {
    delete process.env.TEST_POSTGRES_URL;
    await server[Symbol.asyncDispose]();
  };
}
