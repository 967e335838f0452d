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

/** Of what serves requests: in the nursery of 16 MiB that Node has, collection takes about a tenth of it. */
export const SERVING_FLAGS = ['--max-semi-space-size=32'];

/** What the services of one start are told. */
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

/** `SUBGRAPH_URL_AUTH`, of `SUBGRAPH_URL` and `auth`. */
export const variable = (prefix: string, name: string) => `${prefix}_${name.toUpperCase().replaceAll('-', '_')}`;

/** The base URL of a service, without a path. */
export function addressOf(service: Service, { host, port, ports }: Pick<Settings, 'host' | 'port' | 'ports'>): string {
  if (service.kind !== 'gateway') return `http://127.0.0.1:${ports[service.name]}`;
  const all = host === '0.0.0.0' || host === '::';
  return `http://${all ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Where a service says that it can answer. */
export const readyUrlOf = (service: Service, where: Pick<Settings, 'host' | 'port' | 'ports'>): string =>
  `${addressOf(service, where)}${service.readyPath ?? '/ready'}`;
