import { expect, it } from 'vitest';
import { databaseNames, externalDatabases } from './databases.ts';
import type { Service } from './service.ts';

const content: Service = { name: 'content', kind: 'subgraph', entry: 'subgraphs/content/src/main.ts' };
const kafka = { KAFKA_BROKERS: 'kafka-1:9092' };

it('the event log is a database of the platform unless Kafka is named', () => {
  expect(databaseNames([content], {})).toEqual(['content', 'events']);
  expect(databaseNames([content], kafka)).toEqual(['content']);
  const url = 'postgres://content@db/content';
  expect(externalDatabases([content], { ...kafka, DATABASE_URL_CONTENT: url })).toEqual({ content: url });
  expect(() => externalDatabases([content], { DATABASE_URL_CONTENT: url })).toThrow('DATABASE_URL_EVENTS is not set');
});
