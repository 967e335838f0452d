import { Notices } from './notices.ts';
import type { Report } from './report.ts';
import type { ServiceEvent } from './service-process.ts';

/** A service that has died this often in a row is said to keep dying. */
export const HOPELESS_AFTER = 3;

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

/** Tells what happens to services: in one line what matters, and what repeats not again and again. */
export class Narrator {
  readonly #report: Report;
  readonly #notices: Notices;
  readonly #known = new Set<string>();

  constructor(report: Report) {
    this.#report = report;
    this.#notices = new Notices(report);
  }

  /** @param service its name, where it answers and where its log is kept */
  tell(service: { name: string; url: string; log: string }, event: ServiceEvent): void {
    const { name } = service;
    if (event.kind === 'ready' && !this.#known.has(name)) {
      this.#known.add(name);
      this.#report.done(name, event.afterMs, service.url);
    } else if (event.kind === 'ready') this.#report.info(`${name} is back (${seconds(event.afterMs)}).`);
    else if (event.kind === 'notice') this.#notices.tell(name, event.notice);
    else if (event.kind === 'died' && event.failures === 1)
      this.#report.warn(`${name} died (${event.reason}): starting it again.`);
    else if (event.kind === 'died' && event.failures === HOPELESS_AFTER) {
      this.#report.error(
        `${name} keeps dying: ${event.reason} It is tried again, with pauses up to 10 s; its log is ${service.log}.`,
      );
    }
  }

  /** Tells no more of what services say: they are being stopped. */
  close(): void {
    this.#notices.close();
  }
}
