import pg from 'pg';

/** The databases of the domains, by name. */
export type DatabaseUrls = Readonly<Record<string, string>>;

/** One statement on a connection of its own. */
export async function queryOn<Row extends pg.QueryResultRow>(
  url: string,
  text: string,
  parameters: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text, parameters)).rows;
  } finally {
    await client.end();
  }
}

/** Whether no domain has an event that is not in the log yet. */
export async function outboxesEmpty(urls: DatabaseUrls): Promise<boolean> {
  for (const url of Object.values(urls)) {
    const [outbox] = await queryOn<{ waiting: number }>(url, 'SELECT count(*)::int AS waiting FROM events.outbox');
    if (outbox?.waiting !== 0) return false;
  }
  return true;
}

/** @returns the events that domains have set aside, one line each */
export async function deadLetters(urls: DatabaseUrls): Promise<string[]> {
  const lines: string[] = [];
  for (const [domain, url] of Object.entries(urls)) {
    const letters = await queryOn<{ reason: string }>(url, 'SELECT reason FROM events.dead_letter');
    for (const { reason } of letters) lines.push(`${domain} set an event aside: ${reason}`);
  }
  return lines;
}
