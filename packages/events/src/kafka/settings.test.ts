import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { kafkaSettings, kafkaVariables } from './settings.ts';

const read = (env: Record<string, string>) => kafkaSettings(z.object(kafkaVariables).parse(env));

describe('the settings of Kafka', () => {
  it('are none without brokers', () => {
    expect(read({ KAFKA_SSL: 'true' })).toBeUndefined();
  });

  it('name brokers, encryption and who we are', () => {
    expect(read({ KAFKA_BROKERS: 'kafka-1:9092, kafka-2:9092' })).toEqual({
      brokers: ['kafka-1:9092', 'kafka-2:9092'],
      ssl: false,
    });
    expect(
      read({
        KAFKA_BROKERS: 'k:1',
        KAFKA_SSL: 'true',
        KAFKA_SASL_USERNAME: 'community',
        KAFKA_SASL_PASSWORD: 'secret',
      }),
    ).toEqual({
      brokers: ['k:1'],
      ssl: true,
      sasl: { mechanism: 'scram-sha-512', username: 'community', password: 'secret' },
    });
  });

  it('that cannot be meant are refused, without a word of the password', () => {
    expect(() => read({ KAFKA_BROKERS: 'kafka://k:9092' })).toThrow('must be addresses such as kafka-1:9092');
    expect(() => read({ KAFKA_BROKERS: 'k:1', KAFKA_SSL: 'yes' })).toThrow('must be true or false');
    expect(() => read({ KAFKA_BROKERS: 'k:1', KAFKA_SASL_PASSWORD: 'hunter2' })).toThrow(
      /^KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD belong together: set both or none$/,
    );
  });
});
