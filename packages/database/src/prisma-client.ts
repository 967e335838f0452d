import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { runPrisma, schemaPath } from './prisma-cli.ts';

/**
 * Generates a domain's client, which is committed, unless the one there was made from the schema as it is.
 * The generator block that works with `nodenext`, esbuild and vitest alike:
 *
 *     generator client {
 *       provider            = "prisma-client"
 *       output              = "../../subgraphs/<domain>/src/generated/prisma"
 *       runtime             = "nodejs"
 *       moduleFormat        = "esm"
 *       importFileExtension = "ts"
 *     }
 *
 * @returns whether a client was generated
 * @throws {Error} with Prisma's words when the schema is wrong
 */
export async function generateClient(domain: string): Promise<boolean> {
  if (isCurrent(domain)) return false;
  await generate(domain);
  return true;
}

/** Generates a domain's client anew; returns whether it came out as it was. */
export async function verifyClient(domain: string): Promise<boolean> {
  const before = folderHash(outputFolder(domain));
  await generate(domain);
  return before === folderHash(outputFolder(domain));
}

async function generate(domain: string): Promise<void> {
  const { exitCode, output } = await runPrisma(domain, ['generate']);
  if (exitCode !== 0) throw new Error(output);
}

function outputFolder(domain: string): string {
  const path = /^\s*output\s*=\s*"([^"]+)"/m.exec(readFileSync(schemaPath(domain), 'utf8'))?.[1];
  if (!path) throw new Error(`${schemaPath(domain)} has no generator with an output`);
  return resolve(dirname(schemaPath(domain)), path);
}

/** The client carries the schema it was made from, formatted, and the version of the generator. */
function isCurrent(domain: string): boolean {
  const file = join(outputFolder(domain), 'internal/class.ts');
  if (!existsSync(file)) return false;
  const code = readFileSync(file, 'utf8');
  const schema = /"inlineSchema": ("(?:[^"\\]|\\.)*")/.exec(code)?.[1];
  const { version } = createRequire(import.meta.url)('prisma/package.json') as { version: string };
  if (!schema || !code.includes(`"clientVersion": "${version}"`)) return false;
  return unspaced(JSON.parse(schema) as string) === unspaced(readFileSync(schemaPath(domain), 'utf8'));
}

function unspaced(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

function folderHash(folder: string): string {
  const hash = createHash('sha256');
  if (!existsSync(folder)) return hash.digest('hex');
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const path of entries.map((entry) => join(entry.parentPath, entry.name)).sort())
    hash.update(`${path}\0`).update(readFileSync(path));
  return hash.digest('hex');
}
