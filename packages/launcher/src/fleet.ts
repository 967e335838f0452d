import { type LogFile, openLogFile } from './log-file.ts';
import { HOPELESS_AFTER, type Narrator } from './narrator.ts';
import { type ServiceEvent, ServiceProcess, type ServiceProgram } from './service-process.ts';

/** The services that run together. */
export class Fleet {
  readonly #processes = new Map<string, ServiceProcess>();
  readonly #logs: LogFile[] = [];
  readonly #narrator: Narrator;
  readonly #logFolder: string | undefined;
  readonly #onChange: () => void;

  /**
   * @param options.logFolder where output is kept; it is passed on to stdout when undefined
   * @param options.onChange called when a service has got another pid, or none
   */
  constructor(options: { narrator: Narrator; logFolder: string | undefined; onChange: () => void }) {
    this.#narrator = options.narrator;
    this.#logFolder = options.logFolder;
    this.#onChange = options.onChange;
  }

  get(name: string): ServiceProcess | undefined {
    return this.#processes.get(name);
  }

  /**
   * Starts a service and keeps it running.
   * @returns whether it became ready; false when it died several times first, or not within the time
   */
  add(program: ServiceProgram, url: string, waitMs: number): Promise<boolean> {
    const log = this.#logFolder === undefined ? undefined : openLogFile(`${this.#logFolder}/${program.name}.log`);
    if (log) this.#logs.push(log);
    return new Promise((resolve) => {
      const tooLong = setTimeout(() => resolve(false), waitMs);
      tooLong.unref();
      const settle = (ready: boolean) => {
        clearTimeout(tooLong);
        resolve(ready);
      };
      const service = new ServiceProcess(program, log, (event: ServiceEvent) => {
        this.#narrator.tell({ name: program.name, url, log: log?.path ?? 'on stdout' }, event);
        if (event.kind !== 'notice') this.#onChange();
        if (event.kind === 'ready') settle(true);
        if (event.kind === 'died' && event.failures >= HOPELESS_AFTER) settle(false);
      });
      this.#processes.set(program.name, service);
      service.start();
    });
  }

  /** Stops some services at once. */
  async stop(names: readonly string[], graceMs: number): Promise<void> {
    await Promise.all(names.map((name) => this.#processes.get(name)?.stop(graceMs)));
  }

  closeLogs(): void {
    for (const log of this.#logs) log.close();
  }
}
