import type { Offsets } from 'kafkajs';
import type { Log } from '../log.ts';
import type { Place } from './readers.ts';

/** So much is delivered again at most when the process dies; a commit a record would cost more than its delivery. */
const EVERY_MS = 50;

/** Commits offsets behind what was handled, for all partitions at once. */
export class Commits {
  readonly #handled: () => (Place & { offset: number })[];
  readonly #log: Log;
  readonly #group: string;
  readonly #committed = new Map<string, number>();
  #send: ((offsets: Offsets) => Promise<void>) | undefined;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(options: { group: string; log: Log; handled: () => (Place & { offset: number })[] }) {
    this.#handled = options.handled;
    this.#group = options.group;
    this.#log = options.log;
  }

  /** How the member commits; without it nothing is. */
  use(send: (offsets: Offsets) => Promise<void>): void {
    this.#send = send;
  }

  /** Records were handled: commits soon. */
  soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#running = this.#running.then(() => this.#commit());
    }, EVERY_MS);
  }

  async #commit(): Promise<void> {
    const ahead = this.#handled().filter(
      ({ topic, partition, offset }) => this.#committed.get(`${topic} ${partition}`) !== offset,
    );
    if (ahead.length === 0 || !this.#send) return;
    const topics = [...new Set(ahead.map(({ topic }) => topic))].map((topic) => ({
      topic,
      partitions: ahead
        .filter((place) => place.topic === topic)
        .map(({ partition, offset }) => ({ partition, offset: String(offset) })),
    }));
    try {
      await this.#send({ topics });
      for (const { topic, partition, offset } of ahead) this.#committed.set(`${topic} ${partition}`, offset);
    } catch (error) {
      this.#log.info({ reason: String(error), group: this.#group }, 'offsets could not be committed now');
      this.soon();
    }
  }

  /** Commits what is left, once. */
  async finish(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#running;
    clearTimeout(this.#timer);
    await this.#commit();
    clearTimeout(this.#timer);
  }
}
