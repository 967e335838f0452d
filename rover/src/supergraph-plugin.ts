import { chmodSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The version of Apollo's composition that Rover believes to call; `supergraph.yaml` names it. */
export const PLUGIN_VERSION = '2.14.4';
/** The Apollo Router that `rover dev` runs, when `APOLLO_ROUTER_BIN` names one. */
export const ROUTER_VERSION = '2.17.0';

/**
 * Puts an executable where Rover looks for its plugin for composition, which it would download otherwise.
 * @param home what `APOLLO_HOME` names for Rover
 */
export function installPlugin(home: string): void {
  const root = path.resolve(import.meta.dirname, '../..');
  const program = path.join(import.meta.dirname, '../bin/supergraph.ts');
  writeProgram(
    home,
    `supergraph-v${PLUGIN_VERSION}`,
    `cd "${root}" && exec "${process.execPath}" --import tsx "${program}" "$@"`,
  );
}

/**
 * Puts a router where `rover dev` looks for the one that it would download.
 * @param binary an Apollo Router of the version that this platform is tested with
 */
export function installRouter(home: string, binary: string): void {
  writeProgram(home, `router-v${ROUTER_VERSION}`, `exec "${binary}" "$@"`);
}

function writeProgram(home: string, name: string, command: string): void {
  const folder = path.join(home, '.rover', 'bin');
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, name);
  // Replaced as a whole: another Rover may be calling it.
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, `#!/bin/sh\n${command}\n`);
  chmodSync(temporary, 0o755);
  renameSync(temporary, file);
}
