import { processStart } from '@community/database/process-identity';
import { Kafka, logLevel } from 'kafkajs';
import { expect, it } from 'vitest';
import { startKafka } from './kafka.ts';
import { engineOrReason } from './testing.ts';

const kafka = await engineOrReason(startKafka);
if (typeof kafka === 'string') it.skip(kafka);
else
  it('Kafka keeps its data when it is killed and started again at the same address, and nothing when it is stopped', async () => {
    const admin = new Kafka({ brokers: [kafka.url], logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
    await admin.createTopics({ waitForLeaders: true, topics: [{ topic: 'kept', numPartitions: 3 }] });
    const { pid } = kafka;
    await kafka.kill();
    expect(processStart(pid)).toBeUndefined();
    await kafka.restart();
    expect(kafka.pid).not.toBe(pid);
    expect(await admin.listTopics()).toContain('kept');
    await admin.disconnect();

    const last = kafka.pid;
    expect(processStart(last)).toBeDefined();
    await kafka.stop();
    expect(processStart(last)).toBeUndefined();
  });
