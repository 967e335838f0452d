import { newId } from '@community/kit/ids';
import type { TestPlatform } from '../platform.ts';
import { queryOn } from '../traffic/databases.ts';

/** Later than any event that a domain has told of an aggregate itself. */
const LATE = 1_000_000;

/**
 * Tells an event in the name of a domain, by its outbox: for what no client can ask for.
 * @returns the event's id
 */
export async function tellAs(
  platform: TestPlatform,
  domain: string,
  type: string,
  subject: string,
  data: object,
  schemaversion = 1,
): Promise<string> {
  const event = {
    specversion: '1.0',
    id: newId(),
    source: `/community/${domain}`,
    type,
    time: new Date().toISOString(),
    subject,
    datacontenttype: 'application/json',
    schemaversion,
    aggregateversion: LATE,
    data,
  };
  await queryOn(
    platform.databaseUrl(domain),
    'INSERT INTO events.outbox (topic, key, value) VALUES ($1, $2, $3::jsonb)',
    [domain, subject, JSON.stringify(event)],
  );
  return event.id;
}
