#!/usr/bin/env node
// Plain JavaScript that also an old Node can read: it says what is missing before anything that needs it is loaded.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

function giveUp(line) {
  process.stderr.write(`✗ ${line}\n`);
  process.exit(1);
}

const version = process.versions.node.split('.').map(Number);
if (version[0] < 20 || (version[0] === 20 && version[1] < 19)) {
  giveUp(`Node ${process.versions.node} is too old: install Node 24, or at least 20.19 (https://nodejs.org).`);
}

function workspaces() {
  const folders = [];
  for (const pattern of JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).workspaces) {
    if (!pattern.endsWith('/*')) folders.push(join(root, pattern));
    else if (existsSync(join(root, pattern.slice(0, -2)))) {
      for (const name of readdirSync(join(root, pattern.slice(0, -2))))
        folders.push(join(root, pattern.slice(0, -2), name));
    }
  }
  return folders.filter((folder) => existsSync(join(folder, 'package.json')));
}

const missing = new Set();
for (const folder of workspaces()) {
  for (const name of Object.keys(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).dependencies || {})) {
    if (!existsSync(join(root, 'node_modules', name)) && !existsSync(join(folder, 'node_modules', name)))
      missing.add(name);
  }
}
if (missing.size > 0) {
  const names = Array.from(missing);
  const some = names.slice(0, 3).join(', ') + (names.length > 3 ? ` and ${names.length - 3} more` : '');
  giveUp(`Dependencies are not installed (${some}): run \`npm ci\` first.`);
}

// A bundle starts in 0.1 s, a loader that translates module by module in 0.2 s, and it stays in memory.
const outdir = join(root, '.build', 'launcher');
try {
  const { build, stop } = await import('esbuild');
  const { bundleOptions } = await import('../src/bundle-options.mjs');
  await build({
    ...bundleOptions(root),
    entryPoints: { main: join(root, 'packages/launcher/src/main.ts') },
    outdir,
    splitting: true,
  });
  await stop();
} catch (error) {
  const first = error.errors?.[0];
  const reason = first
    ? `${first.location ? `${first.location.file}:${first.location.line}: ` : ''}${first.text}`
    : String(error.message).split('\n')[0];
  giveUp(`The launcher cannot be built: ${reason}`);
}

process.setSourceMapsEnabled(true);
const { main } = await import(pathToFileURL(join(outdir, 'main.mjs')).href);
await main(root, process.argv.slice(2));
