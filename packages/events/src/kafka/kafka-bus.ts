import type { EventBus } from '../bus.ts';
import type { Log } from '../log.ts';
import { eventsPublished } from '../metrics.ts';
import { OpenParts } from '../open-parts.ts';
import { createAppender } from './appender.ts';
import { administer, connectKafka } from './client.ts';
import { lagOf, moveGroup } from './group-offsets.ts';
import type { KafkaSettings } from './settings.ts';
import { subscribe } from './subscription.ts';
import { tail } from './tail.ts';
import { deleteBefore } from './topics.ts';

/** The event bus over Kafka. Topics are made when they are first used; nothing is asked of the brokers before. */
export function createKafkaBus({ settings, log }: { settings: KafkaSettings; log: Log }): EventBus {
  const connect = connectKafka(settings, log);
  const appender = createAppender(connect);
  const open = new OpenParts();
  return {
    async append(topic, records) {
      if (records.length === 0) return;
      await appender.append(topic, records);
      eventsPublished.inc({ topic }, records.length);
    },
    subscribe: async (options) => open.keep(subscribe({ connect, log, ...options })),
    tail: async (options) => open.keep(tail({ connect, log, ...options })),
    seek: (group, topic, position) => moveGroup(connect, group, topic, position),
    lag: (group) => administer(connect, (admin) => lagOf(admin, group)),
    expire: (topic, olderThan) => administer(connect, (admin) => deleteBefore(admin, topic, olderThan)),
    async close() {
      await open.stop();
      await appender.close();
    },
  };
}
