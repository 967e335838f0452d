import { execFile } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '@community/database/free-port';
import { Kafka, logLevel } from 'kafkajs';
import { type Engine, EngineUnavailableError } from './engine.ts';
import { kafkaLibraries } from './kafka-libraries.ts';
import { type EngineKind, runEngine } from './run-engine.ts';

const KIND: EngineKind = {
  name: 'Kafka',
  command: 'java',
  missing:
    'Kafka cannot run: there is no `java`; install Java 17 or newer (Debian: apt-get install default-jre-headless).',
  readyWithinMs: 90_000,
  stopWithinMs: 10_000,
  askAgainMs: 100,
};
const CLUSTER_ID = 'MkU3OEVBNTcwNTJENDM2Qg';
const JVM = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];

const run = promisify(execFile);

/** A single broker that is its own controller, with nothing replicated and no topic made by accident. */
function properties(folder: string, port: number, controllerPort: number): string {
  return Object.entries({
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    'controller.listener.names': 'CONTROLLER',
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
    'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
    'log.dirs': path.join(folder, 'log'),
    'auto.create.topics.enable': false,
    'group.initial.rebalance.delay.ms': 0,
    'offsets.topic.num.partitions': 4,
    'offsets.topic.replication.factor': 1,
    'transaction.state.log.num.partitions': 1,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'share.coordinator.state.topic.num.partitions': 1,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    'log.cleaner.dedupe.buffer.size': 8 * 1024 * 1024,
    'log.index.size.max.bytes': 1024 * 1024,
  })
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

/** Kafka is ready when a topic can be made: its port is open before. */
async function isReady(url: string): Promise<boolean> {
  const admin = new Kafka({
    brokers: [url],
    logLevel: logLevel.NOTHING,
    connectionTimeout: 2_000,
    requestTimeout: 5_000,
    retry: { retries: 0 },
  }).admin();
  const topic = `engine-ready-${Date.now()}`;
  try {
    await admin.connect();
    await admin.createTopics({ topics: [{ topic, numPartitions: 1 }], waitForLeaders: true, timeout: 4_000 });
    await admin.deleteTopics({ topics: [topic] });
    return true;
  } catch {
    return false;
  } finally {
    await admin.disconnect().catch(() => {});
  }
}

/**
 * Starts Apache Kafka, one broker without a container, in about ten seconds; returns when it can make topics.
 * @param options.folder for its data, which stay there; the broker then outlives this process. Without it they are
 *   thrown away, with the broker
 * @param options.port a free one unless given
 * @throws EngineUnavailableError where there is no Java, or Maven cannot fetch Kafka
 */
export async function startKafka(options: { folder?: string; port?: number } = {}): Promise<Engine> {
  await run('java', ['-version']).catch(() => {
    throw new EngineUnavailableError(KIND.missing);
  });
  const libraries = await kafkaLibraries();
  const [port, controllerPort] = [options.port ?? (await freePort()), await freePort()];
  const url = `127.0.0.1:${port}`;
  const java = (heap: string, main: string, ...args: string[]) => [
    `-Xmx${heap}`,
    ...JVM,
    '-cp',
    `${libraries}/*`,
    main,
    ...args,
  ];
  return runEngine(KIND, {
    folder: options.folder,
    url,
    async prepare(folder) {
      const settings = path.join(folder, 'server.properties');
      writeFileSync(settings, properties(folder, port, controllerPort));
      if (!existsSync(path.join(folder, 'log', 'meta.properties')))
        await run('java', java('96m', 'kafka.tools.StorageTool', 'format', '-t', CLUSTER_ID, '-c', settings));
      return java('256m', 'kafka.Kafka', settings);
    },
    isReady: () => isReady(url),
  });
}
