import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { databasePassword, loadSecrets } from './secrets.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

describe('loadSecrets', () => {
  it('makes secrets once, in a file that only its owner reads', () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'secrets.json');
    const { secrets } = loadSecrets(file, {});
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(new Set(Object.values(secrets)).size).toBe(8);
    expect(loadSecrets(file, {})).toEqual({ secrets, repaired: false });
  });

  it('makes a file private that others could read', () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'secrets.json');
    const { secrets } = loadSecrets(file, {});
    chmodSync(file, 0o644);
    expect(loadSecrets(file, {})).toEqual({ secrets, repaired: true });
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('prefers those of the environment, and does not keep them', () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'secrets.json');
    const given = 'given-by-the-operator-and-long-enough';
    expect(loadSecrets(file, { ROUTER_SECRET: given }).secrets.ROUTER_SECRET).toBe(given);
    expect(readFileSync(file, 'utf8')).not.toContain(given);
    expect(() => loadSecrets(file, { ROUTER_SECRET: 'short' })).toThrow('ROUTER_SECRET is too short');
  });

  it('adds what a newer version needs to an older file', () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'secrets.json');
    writeFileSync(file, JSON.stringify({ ROUTER_SECRET: 'kept' }), { mode: 0o600 });
    const { secrets } = loadSecrets(file, {});
    expect(secrets.ROUTER_SECRET).toBe('kept');
    expect(loadSecrets(file, {}).secrets).toEqual(secrets);
  });

  it('says what to do with a file that is damaged', () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'secrets.json');
    writeFileSync(file, '{"ROUTER_SEC', { mode: 0o600 });
    expect(() => loadSecrets(file, {})).toThrow('npm run reset');
  });

  it('gives each database role a password of its own', () => {
    using folder = temporaryFolder();
    const { secrets } = loadSecrets(join(folder.path, 'secrets.json'), {});
    expect(databasePassword(secrets, 'user')).not.toBe(databasePassword(secrets, 'auth'));
    expect(databasePassword(secrets, 'user')).toBe(databasePassword(secrets, 'user'));
  });
});
