import { type Admin, Kafka, type logCreator, logLevel } from 'kafkajs';
import type { Log } from '../log.ts';
import type { KafkaSettings } from './settings.ts';

/** Makes a client of its own for each producer, consumer and administration: kafkajs shares offsets within one. */
export type Connect = () => Kafka;

/** What kafkajs warns of and this driver sees to: the appender drops a producer whose retries are used up. */
const SEEN_TO = /^Limiting retries for the idempotent producer/;

/**
 * kafkajs calls an error what it then tries again, so its words are information here; who uses it warns when it gives
 * up. Of the fields of an entry, which may hold whole requests, only those that tell what happened where are kept.
 */
function logTo(log: Log): logCreator {
  return () =>
    ({ namespace, log: { message, broker, groupId, topic, error } }) => {
      if (SEEN_TO.test(message)) return;
      log.info({ part: `kafkajs ${namespace}`, broker, group: groupId, topic, reason: String(error ?? '') }, message);
    };
}

export function connectKafka({ brokers, ssl, sasl }: KafkaSettings, log: Log): Connect {
  return () =>
    new Kafka({
      clientId: 'community',
      brokers: [...brokers],
      ssl,
      ...(sasl ? { sasl } : {}),
      connectionTimeout: 3_000,
      requestTimeout: 10_000,
      retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 5 },
      logLevel: logLevel.WARN,
      logCreator: logTo(log),
    });
}

/** Does some administration on a connection of its own. */
export async function administer<T>(connect: Connect, work: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = connect().admin();
  try {
    await admin.connect();
    return await work(admin);
  } finally {
    await admin.disconnect().catch(() => {});
  }
}
