import { applyMigrations } from '@community/database/migrate';
import type { EventBus } from '@community/events/bus';
import { createBus } from '@community/events/create-bus';
import { kafkaSettings, kafkaVariables } from '@community/events/kafka/settings';
import { ConfigError, databaseUrlVariable, readConfig } from './config.ts';
import type { Logger } from './log.ts';

/**
 * Opens the event log: Kafka where `KAFKA_BROKERS` names it, else the database `DATABASE_URL_EVENTS`, migrated.
 * @throws ConfigError, or what the database says when it cannot be used
 */
export async function openBus(env: NodeJS.ProcessEnv, log: Logger): Promise<EventBus> {
  const kafka = readKafka(env);
  if (kafka) return createBus({ kafka, log });
  const { DATABASE_URL_EVENTS: url } = readConfig({ DATABASE_URL_EVENTS: databaseUrlVariable }, env);
  await applyMigrations({ url, directory: 'packages/events/migrations-log', schema: 'log' });
  return createBus({ url, log });
}

function readKafka(env: NodeJS.ProcessEnv) {
  const variables = readConfig(kafkaVariables, env);
  try {
    return kafkaSettings(variables);
  } catch (error) {
    throw new ConfigError(`configuration: ${(error as Error).message} (see "Configuration" in README.md)`);
  }
}
