import type { EachBatchPayload } from 'kafkajs';
import { toRecords } from './consumer-session.ts';
import { type Deliver, PartitionReader } from './partition-reader.ts';

/** Within this a batch is usually handled, and the next fetch asks for its partition too. */
const PATIENCE_MS = 20;

export interface Place {
  readonly topic: string;
  readonly partition: number;
}

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

  /** Takes a batch; a partition whose records take long is left out of further fetches until they are handled. */
  async take(payload: EachBatchPayload): Promise<void> {
    if (this.#ended) return;
    const reader = this.#readerOf(payload.batch);
    reader.accept(toRecords(payload));
    const { idle } = reader;
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<'slow'>((resolve) => {
      timer = setTimeout(resolve, PATIENCE_MS, 'slow');
    });
    const outcome = await Promise.race([idle, patience]);
    clearTimeout(timer);
    if (outcome !== 'slow') return;
    const resume = payload.pause();
    void idle.then(resume);
  }

  #readerOf(place: Place): PartitionReader {
    const key = keyOf(place);
    let reader = this.#ours.get(key);
    if (!reader) {
      const deliver: Deliver = async (record, signal) => {
        await this.#settled;
        return this.#deliver(record, signal);
      };
      reader = new PartitionReader(place, deliver, this.#lost.get(key) ?? Promise.resolve());
      this.#lost.delete(key);
      this.#ours.set(key, reader);
    }
    return reader;
  }

  /** How far the partitions that are ours are handled. */
  handled(): (Place & { offset: number })[] {
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
