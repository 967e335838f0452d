import { appendFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { StartError } from '@community/database/start-error';
import { dataFolder } from './data-folder.ts';
import { joinGraph } from './join.ts';
import { readOptions } from './options.ts';
import { reset } from './reset.ts';
import { start } from './start.ts';

/**
 * The launcher's command line. What is wrong is told in one line, and ends it with code 1.
 * @param root the repository's folder
 * @param args what was typed after the program's name
 */
export async function main(root: string, args: readonly string[]): Promise<void> {
  let dataDir = join(root, '.data');
  try {
    const options = readOptions(root, args);
    if (options.command === 'help') {
      process.stdout.write(options.text);
      return;
    }
    dataDir = options.dataDir;
    if (options.command === 'reset') await reset(options);
    else if (options.join) await joinGraph(root, options);
    else await start(root, options);
  } catch (error) {
    process.stderr.write(`✗ ${lineOf(error, dataFolder(dataDir).logs)}\n`);
    process.exitCode = 1;
  }
  // Nothing that a library left open keeps the terminal waiting.
  process.exit();
}

function lineOf(error: unknown, logs: string): string {
  if (error instanceof StartError) return error.message;
  const log = join(logs, 'launcher.log');
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const first = stack.split('\n', 1)[0];
  try {
    appendFileSync(log, `${new Date().toISOString()} ${stack}\n`, { mode: 0o600 });
  } catch {
    return `${first} (a fault of the launcher)`;
  }
  return `${first} (a fault of the launcher: ${relative(process.cwd(), log)} says where)`;
}
