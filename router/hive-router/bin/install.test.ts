import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { serve } from '@community/testing/serve';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TESTED_VERSION } from '../src/config.ts';
import { installedFile, installHiveRouter } from './install.ts';
import { assetFor, type Machine, thisMachine } from './release.ts';

const PROGRAM = '#!/bin/sh\necho "a router"\n';
const digestOf = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;
const TAG = `hive-router%2Fv${TESTED_VERSION}`;
const LINUX: Machine = { platform: 'linux', arch: 'x64', glibc: true };

let github: Awaited<ReturnType<typeof serve>>;
let cache: string;
let asked: string[];
/** What the place of the release answers. */
let program: (response: ServerResponse) => void;
let release: (response: ServerResponse) => void;

beforeAll(async () => {
  github = await serve((request, response) => {
    asked.push(String(request.url));
    if (request.url === `/download/${TAG}/hive_router_linux_amd64`) program(response);
    else if (request.url === `/tags/${TAG}`) release(response);
    else response.writeHead(404).end();
  });
});
afterAll(() => github.close());
beforeEach(() => {
  cache = mkdtempSync(path.join(tmpdir(), 'router-cache-'));
  asked = [];
  program = (response) => response.end(PROGRAM);
  release = (response) =>
    response.end(JSON.stringify({ assets: [{ name: 'hive_router_linux_amd64', digest: digestOf(PROGRAM) }] }));
});
afterEach(() => rmSync(cache, { recursive: true }));

const environment = () => ({
  XDG_CACHE_HOME: cache,
  HIVE_ROUTER_RELEASES: `${github.url}/download`,
  HIVE_ROUTER_RELEASES_API: `${github.url}/tags/`,
});
const install = (options: { digest?: string; machine?: Machine; env?: NodeJS.ProcessEnv } = {}) =>
  installHiveRouter({ machine: LINUX, env: environment(), say: () => {}, ...options });
const kept = () => (existsSync(path.join(cache, 'community-platform')) ? readdirSync(cache, { recursive: true }) : []);

describe('the release', () => {
  it.each([
    ['linux', 'x64', 'hive_router_linux_amd64'],
    ['linux', 'arm64', 'hive_router_linux_arm64'],
    ['darwin', 'x64', 'hive_router_macos_amd64'],
    ['darwin', 'arm64', 'hive_router_macos_arm64'],
  ])('has a file for %s on %s', (platform, arch, name) => {
    expect(assetFor({ platform, arch, glibc: platform === 'linux' })).toBe(name);
  });

  it.each([
    ['win32 on x64', { platform: 'win32', arch: 'x64', glibc: false }],
    ['linux on riscv64', { platform: 'linux', arch: 'riscv64', glibc: true }],
    ['glibc', { ...LINUX, glibc: false }],
  ])('has none elsewhere, and the way out is told (%s)', async (named, machine) => {
    const attempt = install({ machine });
    await expect(attempt).rejects.toThrow(named);
    await expect(attempt).rejects.toThrow(`ghcr.io/graphql-hive/router:${TESTED_VERSION}`);
    expect(asked).toEqual([]);
  });

  it('is looked for on this machine, whose C library is known', () => {
    expect(thisMachine()).toMatchObject({ platform: process.platform, arch: process.arch });
    if (process.platform === 'linux') expect(thisMachine().glibc).toBe(!existsSync('/etc/alpine-release'));
  });
});

describe('installing', () => {
  it('fetches it into the cache, checked and executable, once', async () => {
    const { file, fresh } = await install();
    expect(fresh).toBe(true);
    expect(file).toBe(path.join(cache, `community-platform/hive-router-${TESTED_VERSION}/hive_router`));
    expect(readFileSync(file, 'utf8')).toBe(PROGRAM);
    expect(statSync(file).mode & 0o777).toBe(0o755);
    expect(readdirSync(path.dirname(file))).toEqual(['hive_router']);
    asked = [];
    expect(await install()).toEqual({ file, fresh: false });
    expect(asked).toEqual([]);
  });

  it('asks nobody for a digest where one is given, in whatever case', async () => {
    release = (response) => response.writeHead(403).end();
    await install({ digest: digestOf(PROGRAM).toUpperCase().replace('SHA256:', '') });
    expect(asked).toEqual([`/download/${TAG}/hive_router_linux_amd64`]);
  });

  it('checks what is there already against a digest that is given', async () => {
    const file = installedFile(environment());
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, 'another');
    await expect(install({ digest: digestOf(PROGRAM) })).rejects.toThrow(`${file} is not what it should be`);
  });

  it.each<[string, RegExp, () => void]>([
    ['another file comes', /should be [0-9a-f]{64}\. Nothing was installed/, () => (program = (to) => to.end('evil'))],
    [
      'it ends early',
      /cannot be fetched: .*HIVE_ROUTER_RELEASES/,
      () =>
        (program = (to) => {
          to.writeHead(200, { 'content-length': '1000' }).write('#!/bin');
          setImmediate(() => to.destroy());
        }),
    ],
    ['the file is not there', /answered by 404/, () => (program = (to) => to.writeHead(404).end())],
    [
      'no digest can be asked for',
      /tags.*answered by 403.*--digest/,
      () => (release = (to) => to.writeHead(403).end()),
    ],
    ['the answer is no release', /tells no digest/, () => (release = (to) => to.end('{"message":"no"}'))],
    ['the answer is no JSON', /digest of .* cannot be read/, () => (release = (to) => to.end('<html>'))],
    [
      'the release has no digest of it',
      /tells no digest of hive_router_linux_amd64, so it cannot be checked.*--digest/,
      () => (release = (to) => to.end('{"assets":[{"name":"hive_router_linux_amd64","digest":null}]}')),
    ],
  ])('keeps nothing and says why when %s', async (_, told, arrange) => {
    arrange();
    await expect(install()).rejects.toThrow(told);
    expect(kept().filter((name) => String(name).includes('hive_router'))).toEqual([]);
  });

  it('says that there is no network', async () => {
    const env = {
      ...environment(),
      HIVE_ROUTER_RELEASES: 'http://127.0.0.1:1',
      HIVE_ROUTER_RELEASES_API: 'http://127.0.0.1:1',
    };
    await expect(install({ env })).rejects.toThrow(/digest of .* cannot be read .*fetch failed/);
    await expect(install({ env, digest: digestOf(PROGRAM) })).rejects.toThrow(/cannot be fetched: .*HIVE_ROUTER_BIN/);
  });

  it('refuses a digest that is none', async () => {
    await expect(install({ digest: 'sha1:abc' })).rejects.toThrow(/not a SHA-256/);
    expect(asked).toEqual([]);
  });
});

describe('the command', () => {
  const command = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
      execFile(
        process.execPath,
        ['--import', 'tsx', path.join(import.meta.dirname, 'router.ts'), ...args],
        { env: { PATH: process.env.PATH, HOME: cache, ...env } },
        (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
      );
    });

  it('prints nothing but the variable to stdout, whether it was there or not', async () => {
    const here = thisMachine();
    const asset = assetFor(here);
    const mirror = await serve((_, response) => response.end(PROGRAM));
    const env = { XDG_CACHE_HOME: cache, HIVE_ROUTER_RELEASES: mirror.url };
    try {
      const file = installedFile(env);
      const first = await command(['install', '--digest', digestOf(PROGRAM)], env);
      expect(first).toMatchObject({ code: 0, stdout: `HIVE_ROUTER_BIN=${file}\n` });
      expect(first.stderr).toContain(asset);
      const second = await command(['install'], env);
      expect(second).toMatchObject({ code: 0, stdout: `HIVE_ROUTER_BIN=${file}\n` });
      expect(second.stderr).toContain('is already there');
    } finally {
      await mirror.close();
    }
  });

  it('tells what it does, and refuses what it does not know', async () => {
    expect((await command(['--help'])).stdout).toContain('HIVE_ROUTER_RELEASES');
    const unknown = await command(['start']);
    expect(unknown).toMatchObject({ code: 1, stdout: '' });
    expect(unknown.stderr).toContain('there is no command "start"');
    expect((await command(['install', '--digset', 'x'])).stderr).toMatch(/^router: .*--digset/);
  });
});
