import { type Message, Partitioners, type Producer } from 'kafkajs';
import type { NewRecord } from '../bus.ts';
import { administer, type Connect } from './client.ts';
import { ensureTopic } from './topics.ts';

/** Brokers take 1 MiB a request and partition unless told otherwise. */
const MAX_BATCH_BYTES = 512 * 1024;

export interface Appender {
  append(topic: string, records: readonly NewRecord[]): Promise<void>;
  close(): Promise<void>;
}

/** Cuts records into batches that a broker takes. */
export function batchesOf(records: readonly NewRecord[]): Message[][] {
  const batches: Message[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const { key, value } of records) {
    const message = { key, value: Buffer.from(JSON.stringify(value)) };
    bytes += message.value.length + key.length;
    if (bytes > MAX_BATCH_BYTES) {
      batches.push([]);
      bytes = message.value.length + key.length;
    }
    batches.at(-1)?.push(message);
  }
  return batches;
}

/**
 * Appends with one idempotent producer, one request after the other: the producer's sequence numbers tell the broker
 * a repetition from a new batch. kafkajs takes a number back when a request fails, although the broker may have
 * appended it; a later batch with that number would be taken for the repetition and be dropped. So requests never
 * overlap, and a producer whose request has failed for good is given up with its numbers.
 */
export function createAppender(connect: Connect): Appender {
  const known = new Set<string>();
  let producer: Producer | undefined;
  let last: Promise<unknown> = Promise.resolve();

  async function open(): Promise<Producer> {
    const fresh = connect().producer({
      idempotent: true,
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
      retry: { retries: 8 },
    });
    await fresh.connect();
    return fresh;
  }

  async function send(topic: string, batches: readonly Message[][]): Promise<void> {
    try {
      if (!known.has(topic)) await administer(connect, (admin) => ensureTopic(admin, topic));
      known.add(topic);
      producer ??= await open();
      for (const messages of batches) await producer.send({ topic, messages, acks: -1 });
    } catch (error) {
      // The topic may have been deleted meanwhile; the next try looks.
      known.delete(topic);
      const failed = producer;
      producer = undefined;
      await failed?.disconnect().catch(() => {});
      throw error;
    }
  }

  return {
    append(topic, records) {
      const result = last.then(() => send(topic, batchesOf(records)));
      last = result.catch(() => {});
      return result;
    },
    async close() {
      await last;
      await producer?.disconnect();
    },
  };
}
