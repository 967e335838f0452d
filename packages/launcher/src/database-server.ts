import { setTimeout as pause } from 'node:timers/promises';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@community/database/embedded';
import { Backoff } from './backoff.ts';
import type { Report } from './report.ts';

/** The embedded PostgreSQL, started again when it dies, always at the same address. */
export class DatabaseServer {
  readonly #folder: string;
  readonly #port: number;
  readonly #report: Report;
  readonly #onPid: () => void;
  readonly #backoff = new Backoff();
  #server: EmbeddedPostgres | undefined;
  #stopping = false;
  #restarting: Promise<void> = Promise.resolve();

  constructor(options: { folder: string; port: number; report: Report; onPid: () => void }) {
    this.#folder = options.folder;
    this.#port = options.port;
    this.#report = options.report;
    this.#onPid = options.onPid;
  }

  get pid(): number | undefined {
    return this.#server?.pid;
  }

  get port(): number {
    return this.#port;
  }

  /**
   * @returns the superuser's URL
   * @throws StartError
   */
  async start(): Promise<string> {
    const server = await startEmbeddedPostgres({ dataDir: this.#folder, port: this.#port });
    this.#server = server;
    this.#onPid();
    const readyAt = performance.now();
    void server.exited.then(() => {
      this.#server = undefined;
      if (!this.#stopping) this.#restarting = this.#restart(performance.now() - readyAt);
    });
    return server.superuserUrl;
  }

  async #restart(readyForMs: number): Promise<void> {
    let pauseMs = this.#backoff.next(readyForMs);
    this.#report.warn('PostgreSQL died: starting it again.');
    while (!this.#stopping) {
      await pause(pauseMs);
      if (this.#stopping) return;
      const start = performance.now();
      try {
        await this.start();
        this.#report.info(`PostgreSQL is back (${((performance.now() - start) / 1000).toFixed(1)} s).`);
        return;
      } catch (error) {
        this.#report.error(error instanceof Error ? error.message : String(error));
        pauseMs = this.#backoff.next(0);
      }
    }
  }

  /** Stops it in order; data stay. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#restarting;
    await this.#server?.stop();
  }
}
