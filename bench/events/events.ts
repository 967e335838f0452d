import { cpus } from 'node:os';
import { startKafka } from '@community/engines/kafka';
import { engineOrReason } from '@community/engines/testing';
import { createBus, type LogPlace } from '@community/events/create-bus';
import { readArguments } from '@community/kit/command';
import { bursts } from './bursts.ts';
import { createDatabases } from './domain.ts';
import { delays, rates } from './measure.ts';

const HELP = `Times events from a domain's commit to another domain's consumer, on the embedded log and on Kafka in turns.

  npm run bench:events -- [--seconds 10] [--rate 500] [--rounds 3] [--count 5000] [--likes 10000] [--messages 2000]

  --seconds   how long events are committed at --rate a second, one a transaction, in each round; 0 for none of this
  --count     how many events outbox, relay and consumer are timed with, each alone
  --likes     how many likes of one post the notification domain is told of at once; 0 for no bursts
  --messages  how many messages in 20 rooms of 20 members it is told of at once

Everything runs in this process beside PostgreSQL and Kafka, without fsync: compare the drivers, not machines.`;

const { values } = readArguments({
  options: {
    seconds: { type: 'string', default: '10' },
    rate: { type: 'string', default: '500' },
    rounds: { type: 'string', default: '3' },
    count: { type: 'string', default: '5000' },
    likes: { type: 'string', default: '10000' },
    messages: { type: 'string', default: '2000' },
    help: { type: 'boolean', default: false },
  },
});

const quantile = (all: readonly number[], q: number): number =>
  [...all].sort((a, b) => a - b)[Math.min(all.length - 1, Math.floor(all.length * q))] ?? 0;
const median = (all: readonly number[]): number => quantile(all, 0.5);

interface Round {
  readonly p50: number;
  readonly p99: number;
  readonly cpu: number;
  readonly outbox: number;
  readonly relay: number;
  readonly consumer: number;
}

async function runDrivers(): Promise<void> {
  const [rate, seconds, count] = [Number(values.rate), Number(values.seconds), Number(values.count)];
  const kafka = await engineOrReason(startKafka);
  if (typeof kafka === 'string') console.error(kafka);
  const databases = await createDatabases();
  const places: Record<string, LogPlace> = {
    embedded: { url: databases.logUrl },
    ...(typeof kafka === 'string' ? {} : { Kafka: { kafka: { brokers: [kafka.url], ssl: false } } }),
  };
  const rounds: Record<string, Round[]> = Object.fromEntries(Object.keys(places).map((name) => [name, []]));
  try {
    for (let round = 0; round < Number(values.rounds); round += 1)
      for (const [name, place] of Object.entries(places)) {
        const bus = createBus({ ...place, log: { info() {}, warn() {}, error: console.error } });
        const all = await delays(databases, bus, { rate, seconds });
        rounds[name]?.push({
          p50: quantile(all.delays, 0.5),
          p99: quantile(all.delays, 0.99),
          cpu: (all.cpuSeconds / all.delays.length) * 1e6,
          ...(await rates(databases, bus, count)),
        });
        await bus.close();
      }
  } finally {
    await databases.close();
    if (typeof kafka !== 'string') await kafka.stop();
  }
  console.log(
    `${rate} events/s for ${seconds} s, then ${count} events through each part alone; medians of ${values.rounds} rounds; ${cpus().length} cores, Node ${process.version}`,
  );
  console.table(
    Object.fromEntries(
      Object.entries(rounds).map(([name, all]) => {
        const of = (part: keyof Round) => median(all.map((round) => round[part]));
        return [
          name,
          {
            'p50 ms': of('p50').toFixed(1),
            'p99 ms': of('p99').toFixed(1),
            'CPU us an event': Math.round(of('cpu')),
            'outbox /s': Math.round(of('outbox')),
            'relay /s': Math.round(of('relay')),
            'consumer /s': Math.round(of('consumer')),
          },
        ];
      }),
    ),
  );
}

async function runBursts(): Promise<void> {
  const all = await bursts({ likes: Number(values.likes), messages: Number(values.messages) });
  console.log('Bursts, from the log to the inboxes of the notification domain, its database included');
  console.table(
    Object.fromEntries(
      Object.entries(all).map(([name, burst]) => [
        name,
        {
          events: burst.events,
          seconds: burst.seconds.toFixed(1),
          'CPU s': burst.cpuSeconds.toFixed(1),
          'CPU us an event': Math.round((burst.cpuSeconds / burst.events) * 1e6),
          'SQL an event': (burst.statements / burst.events).toFixed(2),
        },
      ]),
    ),
  );
}

if (values.help) console.log(HELP);
else {
  if (Number(values.seconds) > 0) await runDrivers();
  if (Number(values.likes) > 0) await runBursts();
}
