import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { Backoff } from './backoff.ts';
import type { LogFile } from './log-file.ts';
import { lineSplitter, type Notice, noticeOf, reasonInStderr } from './log-lines.ts';
import { probe } from './probe.ts';

const PROBE_EVERY_MS = 50;
const KEPT_STDERR_LINES = 40;
const DRAIN_OUTPUT_MS = 500;

/** How to run one service. */
export interface ServiceProgram {
  readonly name: string;
  /** Node's arguments: flags and the file. */
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Answers 200 when the service can serve. */
  readonly readyUrl: string;
}

/** What happens to a service, in the order in which it happens. */
export type ServiceEvent =
  | { readonly kind: 'started'; readonly pid: number }
  | { readonly kind: 'ready'; readonly afterMs: number; readonly failures: number }
  | { readonly kind: 'died'; readonly reason: string; readonly failures: number; readonly pauseMs: number }
  | { readonly kind: 'notice'; readonly notice: Notice };

/** Waits until a child has ended and what it wrote last has been read. */
function endOf(child: ChildProcess): Promise<{ signal: NodeJS.Signals | null; text: string }> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ signal: null, text: error.message }));
    child.once('exit', (code, signal) => {
      const end = { signal, text: `exited with code ${code}` };
      child.once('close', () => resolve(end));
      // A grandchild that outlives it would hold its output open.
      setTimeout(() => resolve(end), DRAIN_OUTPUT_MS).unref();
    });
  });
}

/** One service: started, started again when it dies, and stopped on request. */
export class ServiceProcess {
  readonly name: string;
  #program: ServiceProgram;
  readonly #log: LogFile | undefined;
  readonly #onEvent: (event: ServiceEvent) => void;
  readonly #backoff = new Backoff();
  #child: ChildProcess | undefined;
  #gone: Promise<void> = Promise.resolve();
  #wanted = false;
  /** Distinguishes a pause or a probe of an earlier life from those of the present one. */
  #life = 0;
  #ready = false;

  /** @param log where its output goes; its stdout is passed on to ours when there is none */
  constructor(program: ServiceProgram, log: LogFile | undefined, onEvent: (event: ServiceEvent) => void) {
    this.name = program.name;
    this.#program = program;
    this.#log = log;
    this.#onEvent = onEvent;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  get ready(): boolean {
    return this.#ready;
  }

  get program(): ServiceProgram {
    return this.#program;
  }

  /** Starts it and keeps it running from now on. */
  start(): void {
    if (this.#wanted) return;
    this.#wanted = true;
    this.#spawn();
  }

  /**
   * Asks it to stop and does not start it again.
   * @param graceMs after which it is killed
   */
  async stop(graceMs: number): Promise<void> {
    this.#wanted = false;
    this.#ready = false;
    this.#life += 1;
    const child = this.#child;
    if (!child) return;
    child.kill('SIGTERM');
    const tooLong = setTimeout(() => child.kill('SIGKILL'), graceMs);
    await this.#gone;
    clearTimeout(tooLong);
  }

  /** Stops it and starts it again at once. */
  async restart(graceMs: number): Promise<void> {
    await this.stop(graceMs);
    this.start();
  }

  #spawn(): void {
    this.#life += 1;
    const life = this.#life;
    const startedAt = performance.now();
    let readyAt: number | undefined;
    const stderr: string[] = [];
    let lastError: string | undefined;

    // A process group of its own: Ctrl-C in the terminal reaches the launcher only, which stops all in order.
    const child = spawn(process.execPath, this.#program.args, {
      cwd: this.#program.cwd,
      env: this.#program.env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: true,
    });
    this.#child = child;
    const onStdoutLine = lineSplitter((line) => {
      const notice = noticeOf(line);
      if (!notice) return;
      if (notice.level === 'error') lastError = notice.message;
      this.#onEvent({ kind: 'notice', notice });
    });
    const onStderrLine = lineSplitter((line) => {
      stderr.push(line);
      if (stderr.length > KEPT_STDERR_LINES) stderr.shift();
    });
    child.stdout?.on('data', (chunk: Buffer) => {
      if (this.#log) this.#log.write(chunk);
      else process.stdout.write(chunk);
      onStdoutLine(chunk);
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      if (this.#log) this.#log.write(chunk);
      else process.stderr.write(chunk);
      onStderrLine(chunk);
    });

    this.#gone = endOf(child).then((end) => {
      this.#child = undefined;
      if (life !== this.#life) return;
      this.#ready = false;
      const pauseMs = this.#backoff.next(readyAt === undefined ? 0 : performance.now() - readyAt);
      const reason = end.signal ? `killed by ${end.signal}` : (reasonInStderr(stderr) ?? lastError ?? end.text);
      this.#onEvent({ kind: 'died', reason, failures: this.#backoff.failures, pauseMs });
      void pause(pauseMs, undefined, { ref: false }).then(() => {
        if (this.#wanted && life === this.#life) this.#spawn();
      });
    });

    if (child.pid !== undefined) this.#onEvent({ kind: 'started', pid: child.pid });
    void this.#awaitReady(life).then((ready) => {
      if (!ready) return;
      readyAt = performance.now();
      this.#ready = true;
      this.#onEvent({ kind: 'ready', afterMs: readyAt - startedAt, failures: this.#backoff.failures });
    });
  }

  async #awaitReady(life: number): Promise<boolean> {
    while (life === this.#life && this.#child) {
      if ((await probe(this.#program.readyUrl)) === 200) return life === this.#life && this.#child !== undefined;
      await pause(PROBE_EVERY_MS);
    }
    return false;
  }
}
