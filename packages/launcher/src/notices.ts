import type { Notice } from './log-lines.ts';
import type { Report } from './report.ts';

const WINDOW_MS = 10_000;

/** Tells warnings and errors of services, each once; what repeats within ten seconds is counted and told at their end. */
export class Notices {
  readonly #report: Report;
  readonly #repeats = new Map<string, number>();
  #closed = false;

  constructor(report: Report) {
    this.#report = report;
  }

  tell(service: string, { level, message }: Notice): void {
    if (this.#closed) return;
    const text = `${service}: ${message}`;
    const repeats = this.#repeats.get(text);
    if (repeats !== undefined) {
      this.#repeats.set(text, repeats + 1);
      return;
    }
    this.#report[level](text);
    this.#repeats.set(text, 0);
    setTimeout(() => {
      const more = this.#repeats.get(text) ?? 0;
      this.#repeats.delete(text);
      if (more > 0 && !this.#closed) this.#report[level](`${text} (${more} more times)`);
    }, WINDOW_MS).unref();
  }

  /** Tells nothing from now on: what services say while they are stopped is in their logs. */
  close(): void {
    this.#closed = true;
  }
}
