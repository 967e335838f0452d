import { describe, expect, it } from 'vitest';
import { loadSecrets } from './secrets.ts';
import {
  databaseNames,
  destinationOfMail,
  environmentOf,
  externalDatabases,
  type Service,
  selectEngine,
} from './services.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

const subgraph = (name: string): Service => ({ name, kind: 'subgraph', entry: `subgraphs/${name}/src/main.ts` });
const [notification, content] = [subgraph('notification'), subgraph('content')];

using folder = temporaryFolder();
const settings = {
  production: false,
  host: '127.0.0.1',
  port: 4000,
  secrets: loadSecrets(`${folder.path}/secrets.json`, {}).secrets,
  ports: { notification: 1, content: 2 },
  databases: {},
  supergraphPath: '/data/supergraph.graphql',
  mailFolder: '/data/mail',
};

describe('where events travel', () => {
  const kafka = {
    KAFKA_BROKERS: 'kafka-1:9092',
    KAFKA_SASL_USERNAME: 'community',
    KAFKA_SASL_PASSWORD: 'kafka-password',
  };

  it('is a database of the platform unless Kafka is named', () => {
    expect(databaseNames([content], {})).toEqual(['content', 'events']);
    expect(databaseNames([content], kafka)).toEqual(['content']);
    const url = 'postgres://content@db/content';
    expect(externalDatabases([content], { ...kafka, DATABASE_URL_CONTENT: url })).toEqual({ content: url });
    expect(() => externalDatabases([content], { DATABASE_URL_CONTENT: url })).toThrow('DATABASE_URL_EVENTS is not set');
  });

  it('is told to subgraphs, and the password to no other service', () => {
    const own = environmentOf(content, settings, { ...kafka, DATABASE_URL_EVENTS: 'postgres://left@over/events' });
    expect(own).toMatchObject(kafka);
    expect(own).not.toHaveProperty('DATABASE_URL_EVENTS');
    for (const kind of ['gateway', 'registry'] as const)
      expect(JSON.stringify(environmentOf({ ...content, kind }, settings, kafka))).not.toContain('kafka-password');
  });
});

describe('how mail is sent', () => {
  const server = { MAIL_URL: 'smtp://user:password@mail.example.org:25', MAIL_FROM: 'a@example.org' };

  it('is told to the subgraph that sends it, and the password to no other service', () => {
    expect(environmentOf(notification, settings, server)).toMatchObject(server);
    expect(environmentOf(notification, settings, server)).not.toHaveProperty('MAIL_DIR');
    for (const service of [content, { ...content, kind: 'gateway' as const }])
      expect(JSON.stringify(environmentOf(service, settings, server))).not.toContain('password@');
  });

  it('is a folder of the data folder unless a server or another folder is named', () => {
    expect(environmentOf(notification, settings, {}).MAIL_DIR).toBe('/data/mail');
    expect(environmentOf(notification, settings, { MAIL_DIR: '/elsewhere' }).MAIL_DIR).toBe('/elsewhere');
  });

  it('is told at the start, without the password', () => {
    expect(destinationOfMail([content], '.data/mail', {})).toBeUndefined();
    expect(destinationOfMail([content, notification], '.data/mail', {})).toBe('.data/mail/');
    expect(destinationOfMail([notification], '.data/mail', server)).toBe('by mail.example.org:25');
  });
});

it('where Redis is, and its password, is told to those who share something by it', () => {
  const redis = { REDIS_URL: 'redis://:password@redis.example.org:6379' };
  const registry: Service = { name: 'registry', kind: 'registry', entry: 'schema-registry/src/main.ts' };
  for (const service of [content, { ...content, kind: 'gateway' as const }])
    expect(environmentOf(service, settings, redis)).toMatchObject(redis);
  expect(JSON.stringify(environmentOf(registry, settings, redis))).not.toContain('password@');
  expect(environmentOf(content, settings, {})).not.toHaveProperty('REDIS_URL');
});

it('what identifies the platform at sign-in providers is told to auth alone', () => {
  const corp = { OAUTH_PROVIDERS: 'corp', OAUTH_CORP_CLIENT_SECRET: 'client-secret' };
  expect(environmentOf(subgraph('auth'), settings, corp)).toMatchObject(corp);
  for (const service of [content, { ...content, kind: 'gateway' as const }, { ...content, kind: 'registry' as const }])
    expect(JSON.stringify(environmentOf(service, settings, corp))).not.toContain('client-secret');
});

describe('the engine', () => {
  it('is the gateway’s own unless another is wanted, whose program must be here', () => {
    expect(selectEngine('gateway', {})).toMatchObject({ engine: undefined, gateway: { name: 'gateway' } });
    expect(selectEngine('apollo', { APOLLO_ROUTER_BIN: process.execPath })).toMatchObject({
      engine: { name: 'apollo-router' },
      gateway: { name: 'gateway' },
    });
    expect(selectEngine('hive-router', { HIVE_ROUTER_BIN: process.execPath })).toMatchObject({
      engine: { name: 'hive-router' },
      gateway: { name: 'front-door' },
    });
    expect(() => selectEngine('nginx', {})).toThrow(
      'There is no router "nginx": choose from gateway, apollo, hive-router.',
    );
    expect(() => selectEngine('apollo', {})).toThrow('set APOLLO_ROUTER_BIN to its program');
    expect(() => selectEngine('apollo', { APOLLO_ROUTER_BIN: '/nowhere/router' })).toThrow('/nowhere/router');
  });

  it('gets addresses and the router’s secret, and nothing else that is secret', () => {
    const engine: Service = { name: 'apollo-router', kind: 'engine', entry: '' };
    const env = environmentOf(engine, { ...settings, engine, ports: { ...settings.ports, 'apollo-router': 3 } }, {});
    expect(env).toMatchObject({ ROUTER_LISTEN: '127.0.0.1:3', SUBGRAPH_URL_CONTENT: 'http://127.0.0.1:2' });
    expect(env).not.toHaveProperty('SERVICE_SECRET');
    expect(Object.keys(env).filter((name) => name.startsWith('DATABASE_URL'))).toEqual([]);
  });
});
