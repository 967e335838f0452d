import { describe, expect, it } from 'vitest';
import { destinationOfMail, environmentOf } from './environment.ts';
import { loadSecrets } from './secrets.ts';
import type { Service } from './service.ts';
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

it('the account whose licence the registry passes on is told to the registry alone', () => {
  const account = { APOLLO_LICENCE_KEY: 'licence-key', APOLLO_LICENCE_GRAPH_REF: 'graph@current' };
  const of = (kind: Service['kind']) => environmentOf({ ...content, kind }, settings, account);
  expect(of('registry')).toMatchObject(account);
  for (const kind of ['subgraph', 'gateway', 'engine'] as const)
    expect(JSON.stringify(of(kind))).not.toContain('licence-key');
});

describe('the engine', () => {
  it('gets addresses and the router’s secret, and nothing else that is secret', () => {
    const engine: Service = { name: 'apollo-router', kind: 'engine', entry: '' };
    const env = environmentOf(engine, { ...settings, engine, ports: { ...settings.ports, 'apollo-router': 3 } }, {});
    expect(env).toMatchObject({ ROUTER_LISTEN: '127.0.0.1:3', SUBGRAPH_URL_CONTENT: 'http://127.0.0.1:2' });
    expect(env).not.toHaveProperty('SERVICE_SECRET');
    expect(Object.keys(env).filter((name) => name.startsWith('DATABASE_URL'))).toEqual([]);
  });
});
