import { describe, expect, it } from 'vitest';
import { loadSecrets } from './secrets.ts';
import { destinationOfMail, environmentOf, type Service } from './services.ts';
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
  administrators: [],
};

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
