import { type ChildProcess, spawn } from 'node:child_process';

/**
 * Runs a program beside a guard that reads what is never written: when the process that holds the other end is gone,
 * however it went, the guard ends the program. Signals are for the program.
 */
const GUARDED = `
exec 3<&0
"$@" 3<&- &
program=$!
trap 'kill -TERM "$program" 2>/dev/null' TERM INT
{ cat <&3 >/dev/null; kill -KILL "$program" 2>/dev/null; } &
guard=$!
while :; do
  wait "$program"
  code=$?
  kill -0 "$program" 2>/dev/null || break
done
kill "$guard" 2>/dev/null
exit "$code"`;

export interface Program {
  /** Asks it to stop, and waits until it has. */
  stop(): Promise<void>;
}

/**
 * Runs a program that is none of ours as one process of the platform with this one: it does not outlive this process,
 * even when that is killed, and this one ends with an exit code of 1 or the program's own when the program ends unasked.
 * @param name what it is called in messages
 * @param env all that it is told; it inherits nothing
 * @param onLine gets each line of its standard output in place of ours
 */
export function runProgram(
  name: string,
  [program, ...args]: readonly [string, ...string[]],
  env: NodeJS.ProcessEnv,
  onLine?: (line: string) => void,
): Program {
  const child: ChildProcess = spawn('/bin/sh', ['-c', GUARDED, name, program, ...args], {
    stdio: ['pipe', onLine ? 'pipe' : 'inherit', 'inherit'],
    env,
  });
  let rest = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine?.(line);
  });
  let asked = false;
  const exited = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      console.error(`${name} cannot be run: ${error.message}`);
      process.exit(1);
    });
    child.once('exit', (code) => {
      resolve();
      if (asked) return;
      console.error(`${name} has ended by itself${code === null ? '' : ` with exit code ${code}`}`);
      process.exit(code || 1);
    });
  });
  return {
    async stop() {
      asked = true;
      child.kill('SIGTERM');
      await exited;
    },
  };
}
