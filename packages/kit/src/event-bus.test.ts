import { expect, it } from 'vitest';
import { openBus } from './event-bus.ts';
import { createLog } from './log.ts';

const log = createLog('test', 'silent');

it('asks for the log’s database only where no Kafka is named, and opens Kafka without asking its brokers anything', async () => {
  await expect(openBus({}, log)).rejects.toThrow('DATABASE_URL_EVENTS is not set');
  const bus = await openBus({ KAFKA_BROKERS: '127.0.0.1:1' }, log);
  await bus.close();
});

it('says in one line what is wrong, and repeats no password', async () => {
  const open = (env: NodeJS.ProcessEnv) => openBus({ KAFKA_BROKERS: '127.0.0.1:1', ...env }, log);
  await expect(open({ KAFKA_BROKERS: 'somewhere' })).rejects.toThrow(
    'KAFKA_BROKERS is not usable: must be addresses such as kafka-1:9092,kafka-2:9092',
  );
  await expect(open({ KAFKA_SASL_PASSWORD: 'hunter2' })).rejects.toThrow(
    /^configuration: KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD belong together: set both or none \(see .*\)$/,
  );
});
