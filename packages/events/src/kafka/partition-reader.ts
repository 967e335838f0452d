import type { LogRecord } from '../bus.ts';

/** Hands a record to its handler. @returns whether it was handled before the signal */
export type Deliver = (record: LogRecord, signal: AbortSignal) => Promise<boolean>;

/**
 * Handles the records of one partition, one after the other, apart from the loop that fetches them: a slow partition
 * holds up neither others nor the member's heartbeats.
 */
export class PartitionReader {
  readonly topic: string;
  readonly partition: number;
  readonly #deliver: Deliver;
  readonly #stopping = new AbortController();
  readonly #queue: LogRecord[] = [];
  #next = 0;
  #handled: number | undefined;
  #working: Promise<void>;
  #busy = false;

  /** @param after what must be over before the first record, as when an earlier reader is still at work on it */
  constructor(place: { topic: string; partition: number }, deliver: Deliver, after: Promise<void>) {
    this.topic = place.topic;
    this.partition = place.partition;
    this.#deliver = deliver;
    this.#working = after;
  }

  /** The offset behind the last record that was handled; undefined before the first. */
  get handled(): number | undefined {
    return this.#handled;
  }

  /** Resolves when all that was accepted is handled; once stopped, when the record at work is. */
  get idle(): Promise<void> {
    return this.#working;
  }

  /** Takes records that follow; those it has already, as after a rebalance, are passed over. */
  accept(records: readonly LogRecord[]): void {
    for (const record of records) {
      if (record.offset < this.#next) continue;
      this.#queue.push(record);
      this.#next = record.offset + 1;
    }
    if (this.#busy || this.#queue.length === 0) return;
    this.#busy = true;
    this.#working = this.#working.then(() => this.#work());
  }

  async #work(): Promise<void> {
    const { signal } = this.#stopping;
    for (let record = this.#queue.shift(); record && !signal.aborted; record = this.#queue.shift()) {
      if (await this.#deliver(record, signal)) this.#handled = record.offset + 1;
    }
    this.#busy = false;
  }

  /** The record at work is finished, or given up where it is about to be tried again, and no other is begun. */
  stop(): void {
    this.#stopping.abort();
  }
}
