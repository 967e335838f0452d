import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '@community/database/free-port';
import { startThrowAwayPostgres } from '@community/database/throw-away-postgres';
import type { Engine } from '@community/engines/engine';
import { startKafka } from '@community/engines/kafka';
import { startRedis } from '@community/engines/redis';
import { startBalancer } from './balancer.ts';
import { interpolate, platformServices } from './compose-file.ts';
import { ComposedProcess } from './composed-process.ts';

const run = promisify(execFile);
const SECRETS = 'secrets.json';

export interface ComposedPlatform extends AsyncDisposable {
  /** The gateway's address, over all its instances, without a path. */
  readonly url: string;
  readonly kafka: Engine;
  readonly redis: Engine;
  /** Superuser URL of the PostgreSQL server. */
  readonly postgresUrl: string;
  /** Of the domains' databases, by name. */
  databaseUrls(): Readonly<Record<string, string>>;
  instances(service: string): readonly ComposedProcess[];
  readonly services: readonly string[];
}

/**
 * Runs what `docker-compose.yml` runs, with its commands and its environment, as processes of this machine on a real
 * Kafka and a real Redis; before each service stands a balancer over its instances.
 * @throws EngineUnavailableError where the machine has no Kafka or Redis
 */
export async function startComposed({ instances }: { instances: number }): Promise<ComposedPlatform> {
  const folder = mkdtempSync(path.join(tmpdir(), 'community-composed-'));
  const cleanUp: (() => Promise<unknown>)[] = [];
  const dispose = async () => {
    for (const step of cleanUp.reverse().splice(0)) await step().catch(() => {});
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const [postgres, kafka, redis] = await Promise.all([startThrowAwayPostgres(), startKafka(), startRedis()]);
    cleanUp.push(async () => Promise.all([postgres[Symbol.asyncDispose](), kafka.stop(), redis.stop()]));
    const services = platformServices();
    const balancers = new Map<string, Awaited<ReturnType<typeof startBalancer>>>();
    for (const name of services.keys()) {
      const balancer = await startBalancer();
      cleanUp.push(() => balancer.close());
      balancers.set(name, balancer);
    }

    /** What containers find by name is found on this machine. */
    const here = (text: string): string =>
      text
        .replaceAll('kafka:9092', kafka.url)
        .replace(/\bhttp:\/\/([a-z-]+):4000\b/g, (whole, name: string) =>
          balancers.has(name) ? `http://127.0.0.1:${balancers.get(name)?.port}` : whole,
        );
    const base = { PATH: process.env.PATH, HOME: folder, NODE_ENV: 'production' };
    const once = (script: string, more: NodeJS.ProcessEnv) =>
      run(process.execPath, ['--import', 'tsx', script], { env: { ...base, ...more } });

    for (const name of ['all', 'gateway-state']) mkdirSync(path.join(folder, name), { recursive: true });
    await Promise.all([
      once('deploy/docker/build.ts', {}),
      once('deploy/docker/secrets.ts', {
        SECRETS_FOLDER: folder,
        STATE_FOLDER: path.join(folder, 'gateway-state'),
        POSTGRES_HOST: new URL(postgres.superuserUrl).host,
      }).then(() =>
        run(
          process.execPath,
          ['--import', './deploy/docker/load-secrets.mjs', '--import', 'tsx', 'deploy/docker/databases.ts'],
          {
            env: {
              ...base,
              SECRETS_FILE: path.join(folder, 'databases', SECRETS),
              DATABASE_SUPERUSER_URL: postgres.superuserUrl,
            },
          },
        ),
      ),
    ]);

    const all = new Map<string, ComposedProcess[]>();
    for (const [name, service] of services) {
      const processes: ComposedProcess[] = [];
      for (let index = 0; index < (name === 'registry' ? 1 : instances); index += 1) {
        const port = await freePort();
        const state = path.join(folder, `${name}-state`);
        mkdirSync(state, { recursive: true });
        const given = Object.fromEntries(
          Object.entries(service.environment).map(([key, value]) => [key, here(interpolate(String(value), {}))]),
        );
        const environment = {
          ...base,
          ...Object.fromEntries(
            Object.entries(given).map(([key, value]) => [key, value.replaceAll('/var/lib/community', state)]),
          ),
          HOST: '127.0.0.1',
          PORT: String(port),
          REDIS_URL: redis.url,
          SECRETS_FILE: path.join(folder, name, SECRETS),
          RATE_LIMITS: 'test',
        };
        const [, ...args] = service.command ?? [];
        processes.push(
          new ComposedProcess({
            name,
            port,
            args,
            env: environment,
            logFile: path.join(folder, `${name}-${index}.log`),
          }),
        );
      }
      all.set(name, processes);
      balancers.get(name)?.setTargets(processes.map(({ port }) => port));
    }
    cleanUp.push(() => Promise.all([...all.values()].flat().map((process_) => process_.stop())));
    for (const process_ of [...all.values()].flat()) process_.start();
    await Promise.all([...all.values()].flat().map((process_) => process_.ready()));
    await run(
      process.execPath,
      ['--import', './deploy/docker/load-secrets.mjs', '--import', 'tsx', 'deploy/docker/schemas.ts'],
      {
        env: {
          ...base,
          SECRETS_FILE: path.join(folder, 'schemas', SECRETS),
          STATE_FOLDER: folder,
          REGISTRY_URL: here('http://registry:4000'),
        },
      },
    );
    return {
      url: here('http://gateway:4000'),
      kafka,
      redis,
      postgresUrl: postgres.superuserUrl,
      databaseUrls: () =>
        Object.fromEntries(
          [...all.keys()].flatMap((name) => {
            const secrets = JSON.parse(readFileSync(path.join(folder, name, SECRETS), 'utf8')) as Record<
              string,
              string
            >;
            const url = secrets[`DATABASE_URL_${name.toUpperCase()}`];
            return url && name !== 'registry' ? [[name, url]] : [];
          }),
        ),
      services: [...all.keys()],
      instances: (service) => all.get(service) ?? [],
      [Symbol.asyncDispose]: dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}
