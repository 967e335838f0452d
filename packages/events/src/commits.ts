import type { Log } from './log.ts';
import type { Place } from './partition-reader.ts';

/** So much is delivered again at most when the process dies; a commit a batch would be on the way of the next one. */
const EVERY_MS = 200;

/** The offset of the next record of a partition. */
export type Offset = Place & { readonly offset: number };

/** Commits offsets behind what was handled, for all partitions at once. */
export class Commits {
  readonly #handled: () => Offset[];
  readonly #log: Log;
  readonly #group: string;
  readonly #committed = new Map<string, number>();
  #send: ((offsets: readonly Offset[]) => Promise<void>) | undefined;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(options: { group: string; log: Log; handled: () => Offset[] }) {
    this.#handled = options.handled;
    this.#group = options.group;
    this.#log = options.log;
  }

  /** How the member commits; without it nothing is. */
  use(send: (offsets: readonly Offset[]) => Promise<void>): void {
    this.#send = send;
  }

  /** Records were handled: commits soon. */
  soon(): void {
    this.#timer ??= setTimeout(() => void this.now(), EVERY_MS);
  }

  /** Commits what was handled until now, once. */
  now(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#running = this.#running.then(() => this.#commit());
    return this.#running;
  }

  async #commit(): Promise<void> {
    const ahead = this.#handled().filter(
      ({ topic, partition, offset }) => this.#committed.get(`${topic} ${partition}`) !== offset,
    );
    if (ahead.length === 0 || !this.#send) return;
    try {
      await this.#send(ahead);
      for (const { topic, partition, offset } of ahead) this.#committed.set(`${topic} ${partition}`, offset);
    } catch (error) {
      this.#log.info({ reason: String(error), group: this.#group }, 'offsets could not be committed now');
      this.soon();
    }
  }

  /** Commits what is left, once; nothing is committed any more. */
  async finish(): Promise<void> {
    await this.now();
    this.#send = undefined;
    clearTimeout(this.#timer);
  }
}
