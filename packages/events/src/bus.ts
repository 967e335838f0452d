/** Partitions of a topic: as many members of one consumer group can work at once. */
export const PARTITIONS = 8;

/** A record to append; records of one key keep their order. */
export interface NewRecord {
  readonly key: string;
  readonly value: object;
}

/** A record of the log. */
export interface LogRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly key: string;
  readonly value: unknown;
  readonly appendedAt: Date;
}

/** Where a consumer group reads on. */
export type Position =
  | 'earliest'
  | 'latest'
  | { readonly partition: number; readonly offset: number }
  | { readonly since: Date };

export interface Stoppable {
  stop(): Promise<void>;
}

/**
 * The log that carries events between domains: topics with partitions, read by consumer groups, at least once and in
 * order per key. Drivers: embedded (PostgreSQL); Kafka fits the same port. `testing/bus-contract.ts` holds what both do.
 */
export interface EventBus {
  /** Appends records in order; returns when they are durable. May append again what a failed call had appended. */
  append(topic: string, records: readonly NewRecord[]): Promise<void>;
  /**
   * Reads topics for a group; each partition is read by one member of the group at a time, a new group from the
   * earliest record on. `handler` is given the records of one partition that wait, up to a hundred of them in order, and
   * the next ones when it has resolved; after a rejection all of them come again, with growing pauses. Offsets are
   * committed behind the handler, so a crash delivers some records again. With `types`, events of others need not be
   * handed over, and may be passed over late.
   */
  subscribe(options: {
    group: string;
    topics: readonly string[];
    types?: readonly string[];
    handler: (records: readonly LogRecord[]) => Promise<void>;
  }): Promise<Stoppable>;
  /** Reads all of a topic from a time on, outside of any group: every instance sees every record. */
  tail(options: { topic: string; since: Date; handler: (record: LogRecord) => Promise<void> }): Promise<Stoppable>;
  /** Moves a group, whose members must have stopped. */
  seek(group: string, topic: string, position: Position): Promise<void>;
  /** How many records of each topic a group has not handled yet. */
  lag(group: string): Promise<Record<string, number>>;
  /** Deletes records older than a time. @returns how many */
  expire(topic: string, olderThan: Date): Promise<number>;
  close(): Promise<void>;
}
