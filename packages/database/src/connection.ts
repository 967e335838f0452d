import pg from 'pg';

/** One connection for the time of `work`. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'community-database' });
  // A connection that breaks fails the statement that uses it; the event alone would end the process.
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The same server and account by `user`, another database. */
export function databaseUrl(superuserUrl: string, database: string, user: { name: string; password: string }): string {
  const url = new URL(superuserUrl);
  url.username = encodeURIComponent(user.name);
  url.password = encodeURIComponent(user.password);
  url.pathname = `/${encodeURIComponent(database)}`;
  return url.href;
}

/** The SQLSTATE of an error that PostgreSQL answered with. */
export function sqlState(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined;
}
