import type { EachBatchPayload } from 'kafkajs';
import type { Offset } from '../commits.ts';
import { type Deliver, PartitionReader, type Place } from '../partition-reader.ts';
import { toRecords } from './consumer-session.ts';

const keyOf = ({ topic, partition }: Place): string => `${topic} ${partition}`;

/** The partitions that a member reads, each at its own pace. */
export class Readers {
  readonly #deliver: Deliver;
  readonly #ours = new Map<string, PartitionReader>();
  /** Partitions that we lost while a record of them was at work. */
  readonly #lost = new Map<string, Promise<void>>();
  #memberId: string | undefined;
  #ended = false;
  #settled = Promise.resolve();
  #settle = () => {};

  constructor(deliver: Deliver) {
    this.#deliver = deliver;
  }

  /** No record is begun until `assign`. */
  hold(): void {
    this.#settle();
    this.#settled = new Promise((resolve) => {
      this.#settle = resolve;
    });
  }

  /**
   * Goes on with the partitions that stay ours and gives up the others: all of them when we are a new member, as
   * somebody else may have read them meanwhile.
   */
  assign(memberId: string, places: readonly Place[]): void {
    const kept = new Set(memberId === this.#memberId ? places.map(keyOf) : []);
    for (const [key, reader] of this.#ours) {
      if (kept.has(key)) continue;
      reader.stop();
      this.#lost.set(key, reader.idle);
      this.#ours.delete(key);
    }
    this.#memberId = memberId;
    this.#settle();
  }

  /**
   * Takes a batch, and does not wait until it is handled, as the next fetch waits for all batches of this one. A
   * partition that has many records waiting is left out of fetches until there is room. That is not for less: kafkajs
   * throws away what a fetch brings for a paused partition, and rests for a whole fetch's wait when all are paused.
   */
  async take(payload: EachBatchPayload): Promise<void> {
    if (this.#ended) return;
    const reader = this.#readerOf(payload.batch);
    reader.accept(toRecords(payload));
    if (reader.full) void reader.room().then(payload.pause());
  }

  #readerOf(place: Place): PartitionReader {
    const key = keyOf(place);
    let reader = this.#ours.get(key);
    if (!reader) {
      const deliver: Deliver = async (records, signal) => {
        await this.#settled;
        return this.#deliver(records, signal);
      };
      reader = new PartitionReader(place, deliver, { after: this.#lost.get(key) });
      this.#lost.delete(key);
      this.#ours.set(key, reader);
    }
    return reader;
  }

  /** How far the partitions that are ours are handled. */
  handled(): Offset[] {
    return [...this.#ours.values()].flatMap(({ topic, partition, handled }) =>
      handled === undefined ? [] : [{ topic, partition, offset: handled }],
    );
  }

  /** Lets the records at work finish and begins no other. */
  async end(): Promise<void> {
    this.#ended = true;
    this.#settle();
    for (const reader of this.#ours.values()) reader.stop();
    await Promise.all([...[...this.#ours.values()].map(({ idle }) => idle), ...this.#lost.values()]);
  }
}
