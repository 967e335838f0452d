import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, readFileSync } from 'node:fs';
import { until } from '@community/testing/wait';

const READY_WITHIN_MS = 90_000;
const GRACE_MS = 20_000;

/** One instance of a service: started as the compose file says, and started again when it is killed. */
export class ComposedProcess {
  readonly name: string;
  readonly port: number;
  readonly #args: readonly string[];
  readonly #env: NodeJS.ProcessEnv;
  readonly #logFile: string;
  #child: ChildProcess | undefined;

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
    const log = createWriteStream(this.#logFile, { flags: 'a' });
    const child = spawn(process.execPath, this.#args, { env: this.#env, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout?.pipe(log, { end: false });
    child.stderr?.pipe(log, { end: false });
    this.#child = child;
  }

  async ready(): Promise<void> {
    const answer = await until(
      async () =>
        this.#child?.exitCode !== null || (await fetch(`http://127.0.0.1:${this.port}/ready`)).ok ? 'settled' : null,
      `${this.name} being ready`,
      READY_WITHIN_MS,
    ).catch((error: Error) => error);
    if (answer instanceof Error || this.#child?.exitCode !== null)
      throw new Error(`${this.name} does not become ready: ${this.#lastWords()}`);
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
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill(signal);
    const late = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
    await ended;
    clearTimeout(late);
  }
}
