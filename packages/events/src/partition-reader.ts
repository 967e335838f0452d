import type { LogRecord } from './bus.ts';

/** So many records are handed to a handler at once, at most. */
const MOST = 100;
/** With so many records waiting there is room for more. */
const ROOM = 500;

export interface Place {
  readonly topic: string;
  readonly partition: number;
}

/** Hands records to their handler. @returns whether they were handled before the signal */
export type Deliver = (records: readonly LogRecord[], signal: AbortSignal) => Promise<boolean>;

/**
 * Handles the records of one partition in order, those that wait at once, apart from the loop that fetches them: a slow
 * partition holds up neither others nor the member's heartbeats.
 */
export class PartitionReader {
  readonly topic: string;
  readonly partition: number;
  readonly #deliver: Deliver;
  readonly #stopping = new AbortController();
  readonly #queue: LogRecord[] = [];
  #next: number;
  #handled: number | undefined;
  #working: Promise<void>;
  #busy = false;
  readonly #roomy: (() => void)[] = [];

  /**
   * @param from records before this offset are passed over
   * @param after what must be over before the first record, as when an earlier reader is still at work on it
   */
  constructor(place: Place, deliver: Deliver, { from = 0, after = Promise.resolve() } = {}) {
    this.topic = place.topic;
    this.partition = place.partition;
    this.#deliver = deliver;
    this.#next = from;
    this.#working = after;
  }

  /** The offset behind the last record that was handled; undefined before the first. */
  get handled(): number | undefined {
    return this.#handled;
  }

  /** The offset behind the last record that was accepted. */
  get next(): number {
    return this.#next;
  }

  /** Whether records are at work or wait. */
  get busy(): boolean {
    return this.#busy;
  }

  /** Resolves when all that was accepted is handled; once stopped, when the records at work are. */
  get idle(): Promise<void> {
    return this.#working;
  }

  /** Whether more should be accepted only when there is `room`. */
  get full(): boolean {
    return this.#queue.length > ROOM;
  }

  /** Resolves when half of the queue is free, or nothing of it will be handled any more. */
  room(): Promise<void> {
    return new Promise((resolve) => {
      this.#roomy.push(resolve);
      this.#tellRoom();
    });
  }

  /** Takes records that follow; those it has already, as after a rebalance, are passed over. */
  accept(records: readonly LogRecord[]): void {
    if (this.#stopping.signal.aborted) return;
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
    while (this.#queue.length > 0 && !signal.aborted) {
      const records = this.#queue.splice(0, MOST);
      if (await this.#deliver(records, signal)) this.#handled = (records.at(-1) as LogRecord).offset + 1;
      this.#tellRoom();
    }
    this.#busy = false;
  }

  #tellRoom(): void {
    if (this.#queue.length > ROOM / 2 && !this.#stopping.signal.aborted) return;
    for (const tell of this.#roomy.splice(0)) tell();
  }

  /** The records at work are finished, or given up where they are about to be tried again, and no others are begun. */
  stop(): void {
    this.#stopping.abort();
    this.#tellRoom();
  }
}
