import { setTimeout as pause } from 'node:timers/promises';
import type { Consumer, EachBatchPayload } from 'kafkajs';
import { type LogRecord, PARTITIONS, type Stoppable } from '../bus.ts';
import type { Log } from '../log.ts';
import { administer, type Connect } from './client.ts';
import { ensureTopic } from './topics.ts';

/** A member that does not answer for so long has lost its partitions. Brokers allow no less by default. */
const SESSION_MS = 6_000;
const HEARTBEAT_MS = 500;
/** How long a member may take to come back to a group that shares its partitions anew. */
const REBALANCE_MS = 10_000;
/** How long a broker holds a fetch that finds nothing: as long may a rebalance and a leave stay unnoticed. */
const FETCH_WAIT_MS = 250;
const MAX_PAUSE_MS = 2_000;
const JOIN_GRACE_MS = 1_000;

/** One connection's worth of membership in a group. */
export interface Session {
  /** We are a member and have these partitions; called before any of their records come. */
  joined(member: { id: string; partitions: { topic: string; partition: number }[]; consumer: Consumer }): void;
  /** Partitions are about to be shared anew: no record should be begun until `joined`. */
  rebalancing(): void;
  /** Takes records; no further ones of any partition come before it resolves. */
  batch(payload: EachBatchPayload): Promise<void>;
  /** The membership ends; commits what it can. */
  ended(): Promise<void>;
}

export function toRecords({ batch }: EachBatchPayload): LogRecord[] {
  return batch.messages.map((message) => ({
    topic: batch.topic,
    partition: batch.partition,
    offset: Number(message.offset),
    key: message.key?.toString() ?? '',
    value: parse(message.value?.toString()),
    appendedAt: new Date(Number(message.timestamp)),
  }));
}

/** What is no JSON is somebody else's, and for the handler to refuse. */
function parse(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return text;
  }
}

/**
 * Keeps a member in a consumer group; when the group or the broker fails it, a new session begins after a growing pause.
 * @param open prepares a session; called again for each
 */
export function keepConsumer(options: {
  connect: Connect;
  group: string;
  topics: readonly string[];
  log: Log;
  open: () => Promise<Session>;
}): Stoppable {
  const { connect, group, log } = options;
  const topics = [...options.topics];
  const stopping = new AbortController();
  const stopped = new Promise<void>((resolve) => stopping.signal.addEventListener('abort', () => resolve()));

  async function once(): Promise<void> {
    await administer(connect, async (admin) => {
      for (const topic of topics) await ensureTopic(admin, topic);
    });
    const session = await options.open();
    const consumer = connect().consumer({
      groupId: group,
      allowAutoTopicCreation: false,
      sessionTimeout: SESSION_MS,
      rebalanceTimeout: REBALANCE_MS,
      heartbeatInterval: HEARTBEAT_MS,
      maxWaitTimeInMs: FETCH_WAIT_MS,
      retry: { retries: 5, restartOnFailure: async () => false },
    });
    const { CRASH, GROUP_JOIN, REBALANCING } = consumer.events;
    const crash = new Promise<Error>((resolve) => consumer.on(CRASH, ({ payload }) => resolve(payload.error)));
    consumer.on(REBALANCING, () => session.rebalancing());
    consumer.on(GROUP_JOIN, ({ payload: { memberId, memberAssignment } }) =>
      session.joined({
        id: memberId,
        partitions: Object.entries(memberAssignment).flatMap(([topic, partitions]) =>
          partitions.map((partition) => ({ topic, partition })),
        ),
        consumer,
      }),
    );
    const join = async () => {
      await consumer.connect();
      await consumer.subscribe({ topics, fromBeginning: true });
      await consumer.run({
        autoCommit: false,
        partitionsConsumedConcurrently: topics.length * PARTITIONS,
        eachBatch: (payload) => session.batch(payload),
      });
    };
    const joined = join();
    const failed = joined.then(async () => {
      throw await crash;
    });
    try {
      await Promise.race([failed, stopped]);
    } finally {
      await session.ended();
      // kafkajs does not leave a group that it is only joining: the others would wait for a member who is gone.
      await Promise.race([joined.catch(() => {}), pause(JOIN_GRACE_MS)]);
      await consumer.disconnect().catch(() => {});
    }
  }

  async function keep(): Promise<void> {
    for (let failures = 0; !stopping.signal.aborted; ) {
      const start = Date.now();
      try {
        await once();
      } catch (error) {
        if (stopping.signal.aborted) return;
        failures = Date.now() - start > MAX_PAUSE_MS * 2 ? 1 : failures + 1;
        log.warn({ err: error, group }, 'the event log does not answer; trying again');
        await pause(Math.min(50 * 2 ** failures, MAX_PAUSE_MS), undefined, { signal: stopping.signal }).catch(() => {});
      }
    }
  }

  const kept = keep();
  return {
    async stop() {
      stopping.abort();
      await kept;
    },
  };
}
