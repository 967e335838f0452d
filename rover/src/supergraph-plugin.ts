import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The version of Apollo's composition that Rover believes to call; `supergraph.yaml` names it. */
export const PLUGIN_VERSION = '2.14.4';

/**
 * Puts an executable where Rover looks for its plugin for composition, which it would download otherwise.
 * @param home what `APOLLO_HOME` names for Rover
 */
export function installPlugin(home: string): void {
  const folder = path.join(home, '.rover', 'bin');
  mkdirSync(folder, { recursive: true });
  const root = path.resolve(import.meta.dirname, '../..');
  const file = path.join(folder, `supergraph-v${PLUGIN_VERSION}`);
  const program = path.join(import.meta.dirname, '../bin/supergraph.ts');
  writeFileSync(file, `#!/bin/sh\ncd "${root}" && exec "${process.execPath}" --import tsx "${program}" "$@"\n`);
  chmodSync(file, 0o755);
}
