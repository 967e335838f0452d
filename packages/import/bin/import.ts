import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { readArguments } from '@community/kit/command';
import { bundlePath, bundleServices } from '@community/launcher/bundle';
import type { ImportMessage } from '../src/domain-command.ts';
import { DEFAULT_SOURCE } from '../src/import-ids.ts';

const HELP = `Takes a community out of files of JSON Lines (docs/import.md) into the domains of this one.

  npm run import -- <folder> [--data-dir .data] [--source import] [--rejects <folder>/rejects]

The databases are those of the platform that runs with --data-dir (default .data), or DATABASE_URL_AUTH, …_USER and
…_CONTENT. Members may use the platform meanwhile. Killed or failed, the same command goes on where it was; done twice, it
changes nothing. What is not taken is listed with line and reason in the folder --rejects. A second community has a
--source of its own, as both may call different things by one id.`;

/** In this order: a handle is kept before there is an account, and there is an account before a profile is shown. */
const STAGES = [
  { domain: 'user', steps: ['handles'] },
  { domain: 'auth', steps: [] },
  { domain: 'user', steps: ['profiles', 'releases', 'follows'] },
  { domain: 'content', steps: [] },
] as const;
/** Bundled, as each of an import's processes would else translate the domain module by module. */
const commandOf = (domain: string) => ({ name: `import-${domain}`, entry: `subgraphs/${domain}/bin/import.ts` });
const BAR = 24;
/** Where there is no terminal, a line now and then. */
const LINE_EVERY_MS = 5_000;
const SOURCE = /^[a-z0-9][a-z0-9._-]{0,62}$/;

const { values, positionals } = readArguments({
  allowPositionals: true,
  options: {
    'data-dir': { type: 'string', default: '.data' },
    source: { type: 'string', default: DEFAULT_SOURCE },
    rejects: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

let lastLine = performance.now();

function showProgress(what: string, share: number): void {
  if (!process.stdout.isTTY) {
    if (performance.now() - lastLine < LINE_EVERY_MS) return;
    lastLine = performance.now();
    process.stdout.write(`${what.padEnd(18)} ${Math.floor(share * 100)} %\n`);
    return;
  }
  const full = Math.round(share * BAR);
  process.stdout.write(
    `\r\x1b[K${what.padEnd(18)} ${'█'.repeat(full)}${'░'.repeat(BAR - full)} ${Math.floor(share * 100)} %`,
  );
}

function show(domain: string, message: ImportMessage): void {
  if (message.kind === 'progress')
    showProgress(`${domain} ${message.step}`, message.total === 0 ? 1 : message.done / message.total);
  else if (message.kind === 'step') {
    const { step, lines, rejected, ms } = message;
    const left = rejected > 0 ? `, ${rejected} not taken` : '';
    lastLine = performance.now();
    process.stdout.write(
      `${process.stdout.isTTY ? '\r\x1b[K' : ''}${`${domain} ${step}`.padEnd(18)} ${lines} lines in ${(ms / 1_000).toFixed(1)} s${left}\n`,
    );
  }
}

/** @returns why it failed, or null */
async function runStage({ domain, steps }: (typeof STAGES)[number], env: NodeJS.ProcessEnv): Promise<string | null> {
  const child = spawn(process.execPath, ['--enable-source-maps', bundlePath(commandOf(domain)), ...steps], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let failed: string | null = null;
  for await (const line of createInterface({ input: child.stdout })) {
    const message = JSON.parse(line) as ImportMessage;
    if (message.kind === 'failed') failed = message.reason;
    else show(domain, message);
  }
  const code = child.exitCode ?? (await new Promise<number | null>((done) => child.once('exit', done)));
  return failed ?? (code === 0 ? null : `its process ended (${child.signalCode ?? code})`);
}

async function run(folder: string): Promise<string | null> {
  const rejects = resolve(values.rejects ?? join(folder, 'rejects'));
  const env = {
    IMPORT_FOLDER: resolve(folder),
    IMPORT_SOURCE: values.source,
    IMPORT_REJECTS: rejects,
    IMPORT_DATA_DIR: resolve(values['data-dir']),
  };
  await bundleServices(process.cwd(), [...new Set(STAGES.map(({ domain }) => domain))].map(commandOf));
  for (const stage of STAGES) {
    const failed = await runStage(stage, env);
    if (failed) return `${stage.domain}: ${failed}. The same command goes on where it was.`;
  }
  if (existsSync(rejects)) console.log(`What was not taken is listed in ${rejects}.`);
  return null;
}

function faultOf(folder: string): string | null {
  if (!SOURCE.test(values.source)) return '--source has up to 63 letters a-z, digits, dots, hyphens and underscores';
  return existsSync(join(folder, 'members.jsonl')) ? null : `there is no ${join(folder, 'members.jsonl')}`;
}

const [folder] = positionals;
if (values.help || !folder) console.log(HELP);
else {
  const misused = faultOf(folder);
  const fault = misused ? `${misused} (see --help)` : await run(folder);
  if (fault) {
    console.error(`import: ${fault}`);
    process.exitCode = 1;
  }
}
