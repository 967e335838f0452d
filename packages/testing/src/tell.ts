import { randomInt } from 'node:crypto';
import { newId } from '@community/kit/ids';
import type { TestDomain } from './domain.ts';

/** An event as another domain would tell it. */
export interface ToldEvent {
  /** The other domain. */
  readonly topic: string;
  readonly type: string;
  /** The aggregate's id. */
  readonly subject: string;
  readonly data: object;
  /** Of the aggregate; a higher one than any before unless told. */
  readonly aggregateVersion?: number;
}

let versions = randomInt(1_000);

/** Tells a domain under test an event of another domain, by way of the log. @returns the event's id */
export async function tell(domain: Pick<TestDomain, 'database'>, event: ToldEvent): Promise<string> {
  versions += 1;
  const envelope = {
    specversion: '1.0',
    id: newId(),
    source: `/community/${event.topic}`,
    type: event.type,
    time: new Date().toISOString(),
    subject: event.subject,
    datacontenttype: 'application/json',
    schemaversion: 1,
    aggregateversion: event.aggregateVersion ?? versions,
    data: event.data,
  };
  await domain.database.query('INSERT INTO events.outbox (topic, key, value) VALUES ($1, $2, $3::jsonb)', [
    event.topic,
    event.subject,
    JSON.stringify(envelope),
  ]);
  return envelope.id;
}
