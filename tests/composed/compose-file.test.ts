import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { findSubgraphs } from '@community/launcher/services';
import { expect, it } from 'vitest';
import { TESTED_VERSION } from '../../router/hive-router/src/config.ts';
import { interpolate, platformServices, readComposeFile } from './compose-file.ts';

const names = findSubgraphs(process.cwd()).map(({ name }) => name);
const { services, volumes } = readComposeFile();

it('runs every subgraph, the registry and the gateway, each with secrets of its own', () => {
  expect([...platformServices().keys()].sort()).toEqual([...names, 'gateway', 'registry'].sort());
  for (const name of [...names, 'gateway', 'registry', 'front-door', 'hive-router']) {
    expect(services[name]?.volumes, name).toContain(`secrets-${name}:/run/community:ro`);
    expect(services[name]?.command?.at(-1)).toBe(`.build/${name}.mjs`);
    expect(services.secrets?.volumes).toContain(`secrets-${name}:/run/community/${name}`);
    expect(volumes).toHaveProperty(`secrets-${name}`);
  }
});

it('lets no service but the one that makes them read the secrets of another', () => {
  for (const [name, { volumes: mounted }] of Object.entries(services)) {
    if (name === 'secrets') continue;
    const secrets = mounted.filter((volume) => volume.startsWith('secrets'));
    expect(secrets, name).toEqual(secrets.length ? [`secrets-${name}:/run/community:ro`] : []);
  }
});

it('tells every router where every subgraph is', () => {
  const router = readFileSync('router/apollo/router.yaml', 'utf8');
  for (const name of names) {
    expect(services.gateway?.environment).toHaveProperty(`SUBGRAPH_URL_${name.toUpperCase()}`, `http://${name}:4000`);
    expect(router).toContain(`  ${name}: \${env.SUBGRAPH_URL_${name.toUpperCase()}:-http://${name}:4000}/graphql`);
  }
});

it('runs the version of Hive Router that is tested, where only the front door reaches it', () => {
  expect(readFileSync('deploy/docker/Dockerfile', 'utf8')).toContain(`ghcr.io/graphql-hive/router:${TESTED_VERSION} `);
  expect(services['hive-router']).not.toHaveProperty('ports');
});

it('makes a folder with the right owner for every volume of secrets', () => {
  const [, list = ''] = /for name in ([^;]+);/.exec(readFileSync('deploy/docker/Dockerfile', 'utf8')) ?? [];
  const mounted = services.secrets?.volumes.flatMap((volume) => /\/run\/community\/(.+)$/.exec(volume)?.[1] ?? []);
  expect(list.split(' ').sort()).toEqual(mounted?.sort());
});

it('replaces variables as Compose does', () => {
  expect(interpolate(`a \${NAME:-b} \${EMPTY:-c} \${NONE}`, { NAME: 'x', EMPTY: '' })).toBe('a x c ');
});

function composeClient(): string[] | null {
  for (const client of [['docker-compose'], ['docker', 'compose']])
    try {
      execFileSync(client[0] ?? '', [...client.slice(1), 'version'], { stdio: 'ignore' });
      return client;
    } catch {
      // Another, or none.
    }
  return null;
}

const client = composeClient();
// Without docker-compose on this machine there is nobody to ask.
it.skipIf(!client)('is accepted by docker-compose, with nothing set', () => {
  const [program = '', ...args] = client ?? [];
  const config = (...profile: string[]) =>
    execFileSync(program, [...args, ...profile, 'config', '--services'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).split('\n');
  expect(config()).toEqual(expect.arrayContaining(['gateway', 'apollo-router']));
  expect(config('--profile', 'hive-router')).toEqual(expect.arrayContaining(['front-door', 'hive-router']));
});
