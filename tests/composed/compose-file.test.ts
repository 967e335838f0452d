import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findSubgraphs } from '@community/launcher/services';
import { expect, it, onTestFinished } from 'vitest';
import { TESTED_VERSION } from '../../router/hive-router/src/config.ts';
import { PRESETS } from '../../subgraphs/auth/src/modules/oauth/presets.ts';
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

/** The variables in the first column of a document's table of configuration. */
function documentedVariables(file: string): string[] {
  const [, section = ''] = readFileSync(file, 'utf8').split('\n## Configuration\n');
  const rows = (section.split('\n## ')[0] ?? '').split('\n').filter((line) => line.startsWith('| `'));
  return rows.flatMap((row) =>
    [...(row.split('|')[1] ?? '').matchAll(/`([A-Z][A-Z0-9_]+)`/g)].map(([, name = '']) => name),
  );
}

/** Set by the file for the engines that it runs itself. */
const OF_THE_FILE =
  /^(DATABASE_URL_\w+|REDIS_URL|KAFKA_\w+|REGISTRY_URL|GRAPH_REF|REGISTRY_GRAPHS|REGISTRY_POLICIES|MAIL_DIR)$/;
/** Needs a mount, which the file's first lines say. */
const OF_AN_OVERRIDE = ['BANNED_WORDS_FILE'];

it('passes on every variable that the documents name', () => {
  const passed = new Set(
    [...readFileSync('docker-compose.yml', 'utf8').matchAll(/\$\{([A-Z0-9_]+)|^ +([A-Z0-9_]+):$/gm)].map(
      ([, interpolated, bare]) => interpolated ?? bare,
    ),
  );
  const documented = [...documentedVariables('README.md'), ...documentedVariables('docs/registry.md')];
  expect(documented).toEqual(expect.arrayContaining(['PUBLIC_URL', 'OAUTH_PROVIDERS', 'APOLLO_LICENCE_KEY']));
  const left = documented.filter((name) => !passed.has(name) && !OF_THE_FILE.test(name));
  expect(left).toEqual(OF_AN_OVERRIDE);
});

it('gives sign-in by every known provider to auth alone', () => {
  const credentials = Object.fromEntries(
    Object.keys(PRESETS).flatMap((id) =>
      ['CLIENT_ID', 'CLIENT_SECRET'].map((key) => [`OAUTH_${id.toUpperCase()}_${key}`, `${id}-${key}`]),
    ),
  );
  const given = { OAUTH_PROVIDERS: Object.keys(PRESETS).join(','), ...credentials };
  const environment = Object.entries(services.secrets?.environment ?? {}).map(
    ([name, value]) => [name, interpolate(String(value), given)] as const,
  );
  const folder = mkdtempSync(path.join(tmpdir(), 'community-secrets-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(path.join(folder, 'all'));
  execFileSync(process.execPath, ['--import', 'tsx', 'deploy/docker/secrets.ts'], {
    env: {
      PATH: process.env.PATH,
      SECRETS_FOLDER: folder,
      STATE_FOLDER: path.join(folder, 'state'),
      ...Object.fromEntries(environment),
    },
  });
  const secretsOf = (name: string) => readFileSync(path.join(folder, name, 'secrets.json'), 'utf8');
  expect(JSON.parse(secretsOf('auth'))).toMatchObject(given);
  for (const name of [...names, 'registry', 'gateway', 'front-door', 'hive-router'])
    if (name !== 'auth') expect(secretsOf(name), name).not.toContain('CLIENT_SECRET');
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
