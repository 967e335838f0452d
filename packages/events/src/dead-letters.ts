import type { LogRecord, Stoppable } from './bus.ts';
import { type EventEnvelope, eventSchema } from './event.ts';
import type { Log } from './log.ts';
import { enqueue } from './outbox.ts';
import type { Transactions } from './sql.ts';
import { Wakeup } from './wakeup.ts';

const POLL_MS = 1_000;

/** An event that was set aside. */
export interface DeadLetter {
  readonly id: string;
  readonly topic: string;
  readonly event: EventEnvelope;
}

export interface Failure {
  readonly reason: string;
  readonly attempts: number;
}

/** What the names of dead-letter topics end in. */
export const DEAD_LETTER_SUFFIX = '.dead-letter';

/** The topic that tells of a group's dead letters, for whoever watches the log. */
export const deadLetterTopic = (group: string): string => `${group}${DEAD_LETTER_SUFFIX}`;

/** A consumer group's dead letters: kept in its own database until they were replayed or discarded. */
export class DeadLetters<Tx> {
  readonly #group: string;
  readonly #transactions: Transactions<Tx>;

  constructor(group: string, transactions: Transactions<Tx>) {
    this.#group = group;
    this.#transactions = transactions;
  }

  /** Sets an event aside, and tells of it in the group's dead-letter topic. */
  async add(record: LogRecord, event: EventEnvelope, failure: Failure): Promise<void> {
    await this.#transactions.run(async (tx) => {
      const sql = this.#transactions.sql(tx);
      const rows = await sql.query(
        `INSERT INTO events.dead_letter (consumer_group, topic, key, event_id, event, reason, attempts, partition, log_offset)
         VALUES ($1, $2, $3, $4::uuid, $5::jsonb, $6, $7, $8, $9) ON CONFLICT (consumer_group, event_id) DO NOTHING RETURNING id`,
        [
          this.#group,
          record.topic,
          event.subject,
          event.id,
          JSON.stringify(event),
          failure.reason,
          failure.attempts,
          record.partition,
          record.offset,
        ],
      );
      if (rows.length === 0) return;
      await enqueue(sql, deadLetterTopic(this.#group), event.subject, {
        event,
        ...failure,
        origin: { topic: record.topic, partition: record.partition, offset: record.offset },
      });
    });
  }

  /** Handles, oldest first, the letters that somebody asked to replay. @param handle answers why it failed again */
  startReplay(handle: (letter: DeadLetter) => Promise<Failure | undefined>, log: Log): Stoppable {
    const wakeup = new Wakeup();
    let stopped = false;
    const next = () =>
      this.#transactions.run(async (tx) => {
        const [row] = await this.#transactions
          .sql(tx)
          .query<{ id: bigint | string; topic: string; event: unknown }>(
            "SELECT id, topic, event FROM events.dead_letter WHERE consumer_group = $1 AND state = 'replay' ORDER BY id LIMIT 1",
            [this.#group],
          );
        return row && { id: String(row.id), topic: row.topic, event: eventSchema.parse(row.event) };
      });
    const settle = (letter: DeadLetter, failure: Failure | undefined) =>
      this.#transactions.run(async (tx) => {
        const sql = this.#transactions.sql(tx);
        if (!failure) await sql.query('DELETE FROM events.dead_letter WHERE id = $1::bigint', [letter.id]);
        else
          await sql.query(
            "UPDATE events.dead_letter SET state = 'waiting', reason = $2, attempts = attempts + $3::int WHERE id = $1::bigint",
            [letter.id, failure.reason, failure.attempts],
          );
      });
    const run = async () => {
      while (!stopped) {
        try {
          const letter = await next();
          if (letter) {
            const failure = await handle(letter);
            await settle(letter, failure);
            if (failure)
              log.error({ group: this.#group, eventId: letter.event.id, ...failure }, 'a dead letter failed again');
            continue;
          }
        } catch (error) {
          log.warn({ err: error, group: this.#group }, 'dead letters could not be replayed; trying again');
        }
        if (!stopped) await wakeup.wait(POLL_MS);
      }
    };
    const running = run();
    return {
      async stop() {
        stopped = true;
        wakeup.wake();
        await running;
      },
    };
  }
}
