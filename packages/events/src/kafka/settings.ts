import type { SASLOptions } from 'kafkajs';
import { z } from 'zod';

/** How to reach a Kafka cluster. */
export interface KafkaSettings {
  readonly brokers: readonly string[];
  readonly ssl: boolean;
  readonly sasl?: SASLOptions;
}

const brokers = z
  .string()
  .transform((text) => text.split(',').map((broker) => broker.trim()))
  .refine((all) => all.every((broker) => /^[^\s:/]+:\d+$/.test(broker)), {
    error: 'must be addresses such as kafka-1:9092,kafka-2:9092',
  });

/** The environment variables that say where Kafka is; without `KAFKA_BROKERS` the log is the embedded one. */
export const kafkaVariables = {
  KAFKA_BROKERS: brokers.optional(),
  KAFKA_SSL: z.enum(['true', 'false'], { error: 'must be true or false' }).default('false'),
  KAFKA_SASL_MECHANISM: z
    .enum(['plain', 'scram-sha-256', 'scram-sha-512'], { error: 'must be plain, scram-sha-256 or scram-sha-512' })
    .default('scram-sha-512'),
  KAFKA_SASL_USERNAME: z.string().optional(),
  KAFKA_SASL_PASSWORD: z.string().optional(),
};

/** @returns undefined where no broker is named. @throws Error when a user name stands without its password, or the reverse */
export function kafkaSettings(variables: z.output<z.ZodObject<typeof kafkaVariables>>): KafkaSettings | undefined {
  const { KAFKA_SASL_USERNAME: username, KAFKA_SASL_PASSWORD: password, KAFKA_SASL_MECHANISM: mechanism } = variables;
  if (!variables.KAFKA_BROKERS) return undefined;
  if (!username !== !password)
    throw new Error('KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD belong together: set both or none');
  return {
    brokers: variables.KAFKA_BROKERS,
    ssl: variables.KAFKA_SSL === 'true',
    ...(username && password ? { sasl: { mechanism, username, password } as SASLOptions } : {}),
  };
}
