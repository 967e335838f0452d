import { startKafka } from '@community/engines/kafka';
import { engineOrReason } from '@community/engines/testing';
import { afterAll, it } from 'vitest';
import { eventBatchContract } from '../batch-contract.ts';
import { type BusHarness, busContract } from '../bus-contract.ts';
import { eventDeliveryContract } from '../delivery-contract.ts';
import { quiet } from '../testing.ts';
import { faultCases } from './fault-cases.ts';
import { createKafkaBus } from './kafka-bus.ts';
import { kafkaCases } from './kafka-cases.ts';

const kafka = await engineOrReason(startKafka);
if (typeof kafka === 'string') it.skip(kafka);
else {
  afterAll(() => kafka.stop());
  const start = async (): Promise<BusHarness> => ({
    open: () => createKafkaBus({ settings: { brokers: [kafka.url], ssl: false }, log: quiet }),
    close: async () => {},
  });
  busContract('Kafka', start);
  eventDeliveryContract('Kafka', start);
  eventBatchContract('Kafka', start);
  kafkaCases(kafka);
  faultCases(kafka);
}
