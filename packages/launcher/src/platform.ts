import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { freePorts } from '@community/database/free-port';
import { provisionDatabases } from '@community/database/provision';
import { bundleServices, watchServices } from './bundle.ts';
import { type Control, openControl } from './control.ts';
import type { DataFolder } from './data-folder.ts';
import { DatabaseServer } from './database-server.ts';
import { databaseNames, externalDatabases } from './databases.ts';
import { environmentOf } from './environment.ts';
import { Fleet } from './fleet.ts';
import { Handover } from './handover.ts';
import { Narrator } from './narrator.ts';
import { assertPortFree } from './ports.ts';
import { programOf } from './program.ts';
import { publishSchemas } from './publish-schemas.ts';
import { type Report, timed } from './report.ts';
import { identityOf, removeRuntime, writeRuntime } from './runtime-file.ts';
import { databasePassword, type Secrets } from './secrets.ts';
import { addressOf, readyUrlOf, type Service, type Settings } from './service.ts';
import { watchSchemas, writeSupergraph } from './supergraph.ts';

/** Within these each part ends by itself; with PostgreSQL they stay below the five seconds of a whole stop. */
const GATEWAY_GRACE_MS = 1_500;
const SUBGRAPH_GRACE_MS = 1_500;
const READY_WITHIN_MS = 60_000;

export interface PlatformOptions {
  readonly root: string;
  readonly subgraphs: readonly Service[];
  readonly gateway: Service;
  /** Behind the gateway, in place of the engine that is in it. */
  readonly engine?: Service | undefined;
  /** Beside the graph, unless it is only a part of one. */
  readonly registry?: Service;
  readonly folder: DataFolder;
  readonly host: string;
  readonly port: number;
  readonly production: boolean;
  /** Builds and restarts what is edited. */
  readonly watch: boolean;
  readonly secrets: Secrets;
  readonly report: Report;
}

/** Waits for all even when one fails, so that nothing is under way when the failure is dealt with. */
async function allDone<T>(first: Promise<T>, others: readonly Promise<unknown>[]): Promise<T> {
  await Promise.allSettled([first, ...others]);
  await Promise.all(others);
  return first;
}

/** Databases, subgraphs and the gateway: started together, watched over, stopped in order. */
export class Platform {
  readonly #options: PlatformOptions;
  readonly #narrator: Narrator;
  readonly #fleet: Fleet;
  readonly #handover: Handover;
  readonly #startedAt = new Date().toISOString();
  readonly #watchers: { stop(): Promise<void> }[] = [];
  #settings: Settings | undefined;
  #database: DatabaseServer | undefined;
  #control: Control | undefined;
  #starting: Promise<unknown> = Promise.resolve();
  #stopping: Promise<void> | undefined;

  constructor(options: PlatformOptions) {
    this.#options = options;
    this.#narrator = new Narrator(options.report);
    this.#fleet = new Fleet({
      narrator: this.#narrator,
      logFolder: options.production ? undefined : options.folder.logs,
      onChange: () => this.#record(),
    });
    this.#handover = new Handover({
      ...options,
      fleet: this.#fleet,
      graceMs: SUBGRAPH_GRACE_MS,
      isStopping: () => this.stopping,
      onChange: () => this.#record(),
    });
  }

  get stopping(): boolean {
    return this.#stopping !== undefined;
  }

  /** The graph's address, without a path, as this machine reaches it. */
  get url(): string {
    const { gateway, host, port } = this.#options;
    return addressOf(gateway, { host, port, ports: {} });
  }

  /** Tells these databases from others; says nothing about how to reach them. */
  get databaseName(): string {
    const external = externalDatabases(this.#domains);
    return external ? createHash('sha256').update(JSON.stringify(external)).digest('hex') : 'embedded';
  }

  get subgraphs(): readonly Service[] {
    return this.#options.subgraphs;
  }

  hasAll(subgraphs: readonly string[]): boolean {
    return subgraphs.every((name) => this.subgraphs.some((subgraph) => subgraph.name === name));
  }

  /** The services with a database of their own. */
  get #domains(): Service[] {
    const { subgraphs, registry } = this.#options;
    return registry ? [...subgraphs, registry] : [...subgraphs];
  }

  get #services(): Service[] {
    const { engine, gateway } = this.#options;
    return [...this.#domains, ...(engine ? [engine] : []), gateway];
  }

  /** The registry's address, without a path; undefined when there is none. */
  get registryUrl(): string | undefined {
    const { registry } = this.#options;
    return registry && this.#settings && addressOf(registry, this.#settings);
  }

  /**
   * Starts everything.
   * @returns the services that are not ready yet and are still being tried
   * @throws StartError
   */
  start(): Promise<string[]> {
    const started = this.#start();
    this.#starting = started.catch(() => {});
    return started;
  }

  async #start(): Promise<string[]> {
    const { root, subgraphs, folder, host, port, production, secrets, report } = this.#options;
    await assertPortFree(host, port);
    const behind = this.#services.filter(({ kind }) => kind !== 'gateway');
    const [databasePort = 0, ...servicePorts] = await freePorts(behind.length + 1);
    const databases = await allDone(this.#openDatabases(databasePort), [
      timed(report, 'build', () => this.#build()),
      timed(
        report,
        'supergraph',
        () => writeSupergraph(root, subgraphs, folder),
        () => subgraphs.map(({ name }) => name).join(', '),
      ),
    ]);
    if (this.#stopping) return [];

    const settings: Settings = {
      production,
      host,
      port,
      secrets,
      databases,
      supergraphPath: folder.supergraph,
      mailFolder: resolve(folder.mail),
      engine: this.#options.engine,
      ports: Object.fromEntries(behind.map(({ name }, index) => [name, servicePorts[index] ?? 0])),
    };
    this.#settings = settings;
    this.#control = await openControl({
      release: (name) => this.#handover.release(name),
      recompose: () => this.#recompose(),
    });
    const ready = await Promise.all(
      this.#services.map((service) => {
        const program = programOf(root, service, readyUrlOf(service, settings), environmentOf(service, settings));
        return this.#fleet.add(program, addressOf(service, settings), READY_WITHIN_MS);
      }),
    );
    return this.#services.filter((_, index) => !ready[index]).map(({ name }) => name);
  }

  /** @returns the URL of each domain's database */
  async #openDatabases(port: number): Promise<Record<string, string>> {
    const { folder, secrets, report } = this.#options;
    const external = externalDatabases(this.#domains);
    if (external) return external;
    const database = new DatabaseServer({ folder: folder.postgres, port, report, onPid: () => this.#record() });
    this.#database = database;
    const superuserUrl = await timed(
      report,
      'PostgreSQL',
      () => database.start(),
      () => `port ${port}`,
    );
    const domains = databaseNames(this.#domains);
    return timed(
      report,
      'databases',
      () => provisionDatabases({ superuserUrl, domains, passwordFor: (domain) => databasePassword(secrets, domain) }),
      () => domains.join(', '),
    );
  }

  async #build(): Promise<void> {
    const { root, subgraphs, watch, report } = this.#options;
    if (!watch) {
      await bundleServices(root, this.#services);
      return;
    }
    const onFault = (fault: string) => report.error(`${fault} (what ran before goes on)`);
    this.#watchers.push(await watchServices(root, this.#services, (names) => void this.#reload(names), onFault));
    this.#watchers.push(
      watchSchemas(root, subgraphs, async () => {
        const fault = await this.#recompose();
        if (fault) report.error(fault);
        else report.info('The supergraph is composed anew.');
      }),
    );
  }

  async #reload(names: string[]): Promise<void> {
    await Promise.all(
      names
        .filter((name) => !this.#handover.has(name))
        .map((name) => this.#fleet.get(name)?.restart(SUBGRAPH_GRACE_MS)),
    );
  }

  async #recompose(): Promise<string | undefined> {
    const { root, subgraphs, folder } = this.#options;
    try {
      await writeSupergraph(root, subgraphs, folder);
      await this.publishSchemas();
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  /**
   * Publishes the committed SDL to the registry, in one launch, unless that was done. Without a registry, nothing.
   * @throws Error when the registry does not take it
   */
  async publishSchemas(): Promise<void> {
    const { root, subgraphs, folder, secrets } = this.#options;
    const url = this.registryUrl;
    if (!url) return;
    await publishSchemas({ root, subgraphs, folder, url, key: secrets.REGISTRY_KEY });
  }

  /** Writes down what runs where. */
  #record(): void {
    const settings = this.#settings;
    if (!settings || !this.#control || this.#stopping) return;
    const { url, secret } = this.#control;
    writeRuntime(this.#options.folder.runtime, {
      pid: process.pid,
      startedAt: this.#startedAt,
      url: addressOf(this.#options.gateway, settings),
      control: { url, secret },
      ...(this.#database ? { postgres: { pid: this.#database.pid, port: this.#database.port } } : {}),
      services: Object.fromEntries(
        this.#services.map((service) => [
          service.name,
          {
            ...identityOf(this.#fleet.get(service.name)?.pid),
            url: addressOf(service, settings),
            readyUrl: readyUrlOf(service, settings),
            joined: this.#handover.has(service.name),
            env: environmentOf(service, settings),
          },
        ]),
      ),
    });
  }

  /** Stops everything in order: first who takes requests, then who answers them, then the databases. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    this.#narrator.close();
    this.#control?.close();
    await Promise.all(this.#watchers.map((watcher) => watcher.stop()));
    await this.#fleet.stop([this.#options.gateway.name], GATEWAY_GRACE_MS);
    await this.#fleet.stop(
      this.#services.filter(({ kind }) => kind !== 'gateway').map(({ name }) => name),
      SUBGRAPH_GRACE_MS,
    );
    await this.#database?.stop();
    // A start that was under way may only now have got something to stop.
    await this.#starting;
    await this.#database?.stop();
    this.#fleet.closeLogs();
    removeRuntime(this.#options.folder.runtime);
  }
}
