import type { EventBus } from './bus.ts';
import { createEmbeddedBus } from './embedded/embedded-bus.ts';
import { createKafkaBus } from './kafka/kafka-bus.ts';
import type { KafkaSettings } from './kafka/settings.ts';
import type { Log } from './log.ts';

/** Where the log is: on Kafka, or in a database of its own, whose migrations must have been applied. */
export type LogPlace = { readonly kafka: KafkaSettings } | { readonly url: string };

/** Opens the event bus that the configuration names. */
export function createBus({ log, ...place }: LogPlace & { log: Log }): EventBus {
  return 'kafka' in place ? createKafkaBus({ settings: place.kafka, log }) : createEmbeddedBus({ url: place.url, log });
}
