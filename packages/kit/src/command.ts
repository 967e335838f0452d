import { type ParseArgsConfig, parseArgs } from 'node:util';

/** A command that cannot be meant so; the message says what can. */
export class UsageError extends Error {}

/**
 * Runs what a command line asks for. What goes wrong is said in one line, and the exit code is 1.
 * @param name what the command is called in messages
 */
export async function runCommand(name: string, command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    console.error(error instanceof UsageError ? `${message} (see --help)` : `${name}: ${message}`);
    process.exitCode = 1;
  }
}

/**
 * Reads the command line as Node's `parseArgs` does. Options that are not there, or lack their value, are said in one line
 * and end the process.
 */
export function readArguments<Config extends ParseArgsConfig>(config: Config): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch (error) {
    const [what] = (error instanceof Error ? error.message : String(error)).split('. ', 1);
    console.error(`${what} (see --help)`);
    process.exit(1);
  }
}
