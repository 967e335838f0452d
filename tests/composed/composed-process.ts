import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, readFileSync } from 'node:fs';
import { until } from '@community/testing/wait';

const READY_WITHIN_MS = 90_000;
const GRACE_MS = 20_000;
const RESTART_AFTER_MS = 500;

/** One instance of a service: started as the compose file says, and started again when it is killed. */
export class ComposedProcess {
  readonly name: string;
  readonly port: number;
  readonly #args: readonly string[];
  readonly #env: NodeJS.ProcessEnv;
  readonly #logFile: string;
  #child: ChildProcess | undefined;
  #wanted = false;

  constructor(options: {
    name: string;
    port: number;
    args: readonly string[];
    env: NodeJS.ProcessEnv;
    logFile: string;
  }) {
    this.name = options.name;
    this.port = options.port;
    this.#args = options.args;
    this.#env = options.env;
    this.#logFile = options.logFile;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  start(): void {
    this.#wanted = true;
    const log = createWriteStream(this.#logFile, { flags: 'a' });
    const child = spawn(process.execPath, this.#args, { env: this.#env, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout?.pipe(log, { end: false });
    child.stderr?.pipe(log, { end: false });
    // `restart: unless-stopped`
    child.once('exit', () => {
      if (this.#wanted) setTimeout(() => this.#wanted && this.start(), RESTART_AFTER_MS);
    });
    this.#child = child;
  }

  async ready(): Promise<void> {
    await until(
      async () => (await fetch(`http://127.0.0.1:${this.port}/ready`)).ok,
      `${this.name} being ready`,
      READY_WITHIN_MS,
    ).catch((error: Error) => {
      throw new Error(`${error.message}; it said last: ${this.#lastWords()}`);
    });
  }

  #lastWords(): string {
    return readFileSync(this.#logFile, 'utf8').split('\n').slice(-12).join('\n');
  }

  /** Ends it at once, as a crash does. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    this.#wanted = false;
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill(signal);
    const late = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
    await ended;
    clearTimeout(late);
  }
}
