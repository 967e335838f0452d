import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const PRISMA = join(dirname(require.resolve('prisma/package.json')), 'build/index.js');
const CONFIG = fileURLToPath(new URL('../prisma.config.ts', import.meta.url));
const ENGINE = fileURLToPath(new URL('../bin/schema-engine.mjs', import.meta.url));

export interface PrismaResult {
  exitCode: number;
  /** What it said, on both streams, in order. */
  output: string;
  stdout: string;
}

/** Runs Prisma's CLI for a domain, with our schema engine in place of the one it would download, and no call home. */
export function runPrisma(domain: string, args: readonly string[], databaseUrl?: string): Promise<PrismaResult> {
  const env = {
    ...process.env,
    PRISMA_DOMAIN: domain,
    PRISMA_SCHEMA_ENGINE_BINARY: ENGINE,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
    NO_COLOR: '1',
    DATABASE_URL: databaseUrl ?? '',
  };
  return new Promise((resolveResult, reject) => {
    const child = spawn(process.execPath, [PRISMA, ...args, '--config', CONFIG], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const result = { exitCode: 1, output: '', stdout: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      result.output += text;
      result.stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      result.output += text;
    });
    child.once('error', reject);
    child.once('close', (code) => resolveResult({ ...result, exitCode: code ?? 1 }));
  });
}

/** The domains that have a Prisma schema: `prisma/<domain>/schema.prisma` below the working folder. */
export function prismaDomains(): string[] {
  return readdirSync('prisma')
    .filter((domain) => existsSync(schemaPath(domain)))
    .sort();
}

export function schemaPath(domain: string): string {
  return resolve('prisma', domain, 'schema.prisma');
}

export function migrationsPath(domain: string): string {
  return resolve('prisma', domain, 'migrations');
}
