import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '@community/database/start-error';
import type { Secrets } from './secrets.ts';

/** A process of the platform that is made from a folder of this repository. */
export interface Service {
  readonly name: string;
  readonly kind: 'subgraph' | 'registry' | 'engine' | 'gateway';
  /** Its first source file, relative to the repository. */
  readonly entry: string;
  /** Flags of Node that it runs best with. */
  readonly nodeFlags?: readonly string[];
  /** Where it says that it can answer. */
  readonly readyPath?: string;
  /** Whether it takes supergraph and persisted documents from the registry, and reports use to it. */
  readonly followsRegistry?: boolean;
}

const GATEWAY: Service = {
  name: 'gateway',
  kind: 'gateway',
  entry: 'router/gateway/src/main.ts',
  followsRegistry: true,
};
const REGISTRY: Service = {
  name: 'registry',
  kind: 'registry',
  entry: 'schema-registry/src/main.ts',
  // A composition makes some hundred megabytes of short-lived objects: in a small nursery a quarter of it is collection.
  nodeFlags: ['--max-semi-space-size=64'],
};

/** Runs Hive Router. */
export const HIVE_ROUTER: Service = {
  name: 'hive-router',
  kind: 'engine',
  entry: 'router/hive-router/src/main.ts',
  readyPath: '/readiness',
  followsRegistry: true,
};
/** The front door as a process of its own. */
export const FRONT_DOOR: Service = { name: 'front-door', kind: 'gateway', entry: 'router/front-door/src/main.ts' };

/** An engine that is no part of this repository, and what stands before it. */
interface Engine {
  readonly service: Service;
  readonly gateway: Service;
  readonly called: string;
  /** The variable that holds its program. */
  readonly program: string;
}

const ENGINES: Readonly<Record<string, Engine>> = {
  apollo: {
    service: { name: 'apollo-router', kind: 'engine', entry: 'router/apollo/src/main.ts' },
    gateway: GATEWAY,
    called: 'the Apollo Router',
    program: 'APOLLO_ROUTER_BIN',
  },
  'hive-router': {
    service: HIVE_ROUTER,
    // It has all that the gateway is needed for before the Apollo Router, but the front door.
    gateway: FRONT_DOOR,
    called: 'Hive Router',
    program: 'HIVE_ROUTER_BIN',
  },
};

/** The graph of this platform, as registry and routers call it. */
export const GRAPH_REF = 'community@current';

/** Secrets that only some subgraphs may have. */
const OWN_SECRETS: Record<string, readonly (keyof Secrets)[]> = {
  auth: ['KEY_ENCRYPTION_SECRET'],
  notification: ['VAPID_PRIVATE_KEY'],
};

/** The subgraphs that send mail; only they learn how (`MAIL_URL` holds a password). */
const SENDERS_OF_MAIL = ['notification'];
/** The subgraphs that make links to the platform for people. */
const MAKERS_OF_LINKS = ['auth', 'notification'];

/** The subgraphs of the repository: each folder of `subgraphs/` that has a `src/main.ts`. */
export function findSubgraphs(root: string): Service[] {
  const folder = join(root, 'subgraphs');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .map((name): Service => ({ name, kind: 'subgraph', entry: `subgraphs/${name}/src/main.ts` }))
    .filter((service) => existsSync(join(root, service.entry)));
}

/**
 * The engine that a name stands for, and what stands before it; no engine for the gateway's own.
 * @throws StartError when there is none of this name, or its program is not here
 */
export function selectEngine(
  name: string,
  env: NodeJS.ProcessEnv = process.env,
): { engine: Service | undefined; gateway: Service } {
  if (name === 'gateway') return { engine: undefined, gateway: GATEWAY };
  const engine = ENGINES[name];
  if (!engine)
    throw new StartError(`There is no router "${name}": choose from gateway, ${Object.keys(ENGINES).join(', ')}.`);
  const program = env[engine.program];
  if (!program)
    throw new StartError(
      `--router ${name} runs ${engine.called}, which is not part of this repository: install it, and set ${engine.program} to its program.`,
    );
  try {
    accessSync(program, constants.X_OK);
  } catch {
    throw new StartError(`${engine.program} is ${program}, and there is no program that this account may run.`);
  }
  return { engine: engine.service, gateway: engine.gateway };
}

/**
 * The services to run: the gateway, and all subgraphs or those named. A whole graph has a registry beside it, unless
 * `REGISTRY_URL` names one that runs elsewhere.
 * @throws StartError when a name is not that of a subgraph
 */
export function selectServices(
  root: string,
  only: readonly string[] | undefined,
  env: NodeJS.ProcessEnv = process.env,
): { subgraphs: Service[]; registry: Service | undefined; gateway: Service } {
  const all = findSubgraphs(root);
  const unknown = only?.find((name) => !all.some((service) => service.name === name));
  if (unknown !== undefined)
    throw new StartError(
      `There is no subgraph "${unknown}": choose from ${all.map((service) => service.name).join(', ')}.`,
    );
  const hasRegistry = !only && !env.REGISTRY_URL && existsSync(join(root, REGISTRY.entry));
  return {
    subgraphs: only ? all.filter((service) => only.includes(service.name)) : all,
    registry: hasRegistry ? REGISTRY : undefined,
    gateway: GATEWAY,
  };
}

export interface Settings {
  readonly production: boolean;
  /** Where the gateway listens; everything else listens on loopback. */
  readonly host: string;
  readonly port: number;
  readonly secrets: Secrets;
  /** Behind the gateway; undefined for the one that is in it. */
  readonly engine?: Service | undefined;
  /** Ports of the subgraphs, the registry and the engine, by name. */
  readonly ports: Readonly<Record<string, number>>;
  /** Database URLs by domain, and `events` where the log is embedded. */
  readonly databases: Readonly<Record<string, string>>;
  readonly supergraphPath: string;
  /** Where mails are written unless a mail server is named. */
  readonly mailFolder: string;
}

const variable = (prefix: string, name: string) => `${prefix}_${name.toUpperCase().replaceAll('-', '_')}`;

/** The base URL of a service, without a path. */
export function addressOf(service: Service, { host, port, ports }: Pick<Settings, 'host' | 'port' | 'ports'>): string {
  if (service.kind !== 'gateway') return `http://127.0.0.1:${ports[service.name]}`;
  const all = host === '0.0.0.0' || host === '::';
  return `http://${all ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Where a service says that it can answer. */
export const readyUrlOf = (service: Service, where: Pick<Settings, 'host' | 'port' | 'ports'>): string =>
  `${addressOf(service, where)}${service.readyPath ?? '/ready'}`;

const WITHHELD =
  /^(DATABASE_URL_|SUBGRAPH_URL_|ROUTER_SECRET$|SERVICE_SECRET$|KEY_ENCRYPTION_SECRET$|VAPID_PRIVATE_KEY$|DATABASE_SECRET$|SAMPLE_PASSWORD$|REDIS_URL$|MAIL_URL$|REGISTRY_KEY$|REGISTRY_ROUTER_KEY$|APOLLO_KEY$|KAFKA_SASL_|OAUTH_|npm_|INIT_CWD$)/;

/** Whether a variable is for some services only: databases, addresses and secrets. */
export const isWithheld = (name: string): boolean => WITHHELD.test(name);

/** What a service inherits from the launcher's environment: all but databases and secrets, of which it gets its own. */
function inherited(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !isWithheld(name)));
}

/** In words, where mails of these services go; undefined when none sends any. */
export function destinationOfMail(
  services: readonly Service[],
  folder: string,
  env: NodeJS.ProcessEnv = process.env,
): string | undefined {
  if (!services.some(({ name }) => SENDERS_OF_MAIL.includes(name))) return undefined;
  if (!env.MAIL_URL) return `${env.MAIL_DIR || folder}/`;
  return URL.canParse(env.MAIL_URL) ? `by ${new URL(env.MAIL_URL).host}` : 'MAIL_URL is not a URL';
}

/** The environment variables of one service, and no secret that it does not need. */
export function environmentOf(
  service: Service,
  settings: Settings,
  env: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
  const { secrets, databases } = settings;
  const shared = env.REDIS_URL ? { REDIS_URL: env.REDIS_URL } : {};
  const publicUrl = env.PUBLIC_URL || `http://localhost:${settings.port}`;
  const common = {
    ...inherited(env),
    NODE_ENV: settings.production ? 'production' : 'development',
    ...Object.fromEntries(
      Object.entries(settings.ports)
        .filter(([name]) => name !== REGISTRY.name && name !== settings.engine?.name)
        .map(([name, port]) => [variable('SUBGRAPH_URL', name), `http://127.0.0.1:${port}`]),
    ),
    ROUTER_SECRET: secrets.ROUTER_SECRET,
    SERVICE_SECRET: secrets.SERVICE_SECRET,
  };
  const registry =
    service.followsRegistry && (settings.ports.registry || env.REGISTRY_URL)
      ? {
          ...(settings.ports.registry ? { REGISTRY_URL: `http://127.0.0.1:${settings.ports.registry}` } : {}),
          GRAPH_REF: env.GRAPH_REF || GRAPH_REF,
          REGISTRY_ROUTER_KEY: secrets.REGISTRY_ROUTER_KEY,
        }
      : {};
  if (service.kind === 'registry') {
    const { ROUTER_SECRET: _, SERVICE_SECRET: __, ...own } = common;
    return {
      ...own,
      HOST: '127.0.0.1',
      PORT: String(settings.ports.registry),
      DATABASE_URL_REGISTRY: databases.registry,
      REGISTRY_GRAPHS: GRAPH_REF.split('@')[0],
      REGISTRY_POLICIES: env.REGISTRY_POLICIES || 'rover/policies',
      REGISTRY_KEY: secrets.REGISTRY_KEY,
      REGISTRY_ROUTER_KEY: secrets.REGISTRY_ROUTER_KEY,
    };
  }
  if (service.kind === 'engine') {
    const { SERVICE_SECRET: _, ...own } = common;
    const listen = `127.0.0.1:${settings.ports[service.name]}`;
    return {
      ...own,
      ...registry,
      HOST: '127.0.0.1',
      PORT: String(settings.ports[service.name]),
      SUPERGRAPH_PATH: settings.supergraphPath,
      ROUTER_LISTEN: listen,
      ROUTER_HEALTH_LISTEN: listen,
      ROUTER_HEALTH_PATH: '/ready',
    };
  }
  if (service.kind === 'gateway') {
    return {
      ...common,
      ...shared,
      ...(settings.engine
        ? {
            ENGINE_URL: `${addressOf(settings.engine, settings)}/graphql`,
            ENGINE_READY_URL: readyUrlOf(settings.engine, settings),
          }
        : {}),
      ...registry,
      HOST: settings.host,
      PORT: String(settings.port),
      SUPERGRAPH_PATH: settings.supergraphPath,
      PUBLIC_URL: publicUrl,
    };
  }
  return {
    ...common,
    ...shared,
    HOST: '127.0.0.1',
    PORT: String(settings.ports[service.name]),
    ...(databases[service.name] ? { [variable('DATABASE_URL', service.name)]: databases[service.name] } : {}),
    ...(databases.events ? { DATABASE_URL_EVENTS: databases.events } : {}),
    ...Object.fromEntries(Object.entries(env).filter(([name]) => name.startsWith('KAFKA_SASL_'))),
    ...Object.fromEntries((OWN_SECRETS[service.name] ?? []).map((name) => [name, secrets[name]])),
    ...(MAKERS_OF_LINKS.includes(service.name) ? { PUBLIC_URL: publicUrl } : {}),
    ...(SENDERS_OF_MAIL.includes(service.name)
      ? env.MAIL_URL
        ? { MAIL_URL: env.MAIL_URL }
        : { MAIL_DIR: env.MAIL_DIR || settings.mailFolder }
      : {}),
    ...(service.name === 'auth'
      ? Object.fromEntries(Object.entries(env).filter(([name]) => name.startsWith('OAUTH_')))
      : {}),
  };
}

/** The names of the databases: one for each of the services, and the event log's unless that is on Kafka. */
export function databaseNames(services: readonly Service[], env: NodeJS.ProcessEnv = process.env): string[] {
  return [...services.map(({ name }) => name), ...(env.KAFKA_BROKERS ? [] : ['events'])];
}

/**
 * The databases that the environment names, undefined when it names none.
 * @throws StartError when it names some and not all
 */
export function externalDatabases(
  services: readonly Service[],
  env: NodeJS.ProcessEnv = process.env,
): Record<string, string> | undefined {
  const domains = databaseNames(services, env);
  const given = domains.filter((domain) => env[variable('DATABASE_URL', domain)]);
  if (given.length === 0) return undefined;
  const missing = domains.filter((domain) => !given.includes(domain)).map((domain) => variable('DATABASE_URL', domain));
  if (missing.length > 0)
    throw new StartError(
      `${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} not set although other databases are: set all of them, or none for embedded databases.`,
    );
  return Object.fromEntries(domains.map((domain) => [domain, String(env[variable('DATABASE_URL', domain)])]));
}
