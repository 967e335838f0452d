import type { Secrets } from './secrets.ts';
import { addressOf, readyUrlOf, type Service, type Settings, variable } from './service.ts';
import { GRAPH_REF, REGISTRY } from './services.ts';

/** Secrets that only some subgraphs may have. */
const OWN_SECRETS: Record<string, readonly (keyof Secrets)[]> = {
  auth: ['KEY_ENCRYPTION_SECRET'],
  notification: ['VAPID_PRIVATE_KEY'],
};

/** The subgraphs that send mail; only they learn how (`MAIL_URL` holds a password). */
const SENDERS_OF_MAIL = ['notification'];
/** The subgraphs that make links to the platform for people. */
const MAKERS_OF_LINKS = ['auth', 'notification'];

const WITHHELD =
  /^(DATABASE_URL_|SUBGRAPH_URL_|ROUTER_SECRET$|SERVICE_SECRET$|KEY_ENCRYPTION_SECRET$|VAPID_PRIVATE_KEY$|DATABASE_SECRET$|SAMPLE_PASSWORD$|REDIS_URL$|MAIL_URL$|REGISTRY_KEY$|REGISTRY_ROUTER_KEY$|APOLLO_KEY$|APOLLO_LICENCE_|KAFKA_SASL_|OAUTH_|npm_|INIT_CWD$)/;

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

const beginningWith = (prefix: string, env: NodeJS.ProcessEnv) =>
  Object.fromEntries(Object.entries(env).filter(([name]) => name.startsWith(prefix)));

/** What all services are told: how the platform runs, and where the subgraphs are. */
function common({ ports, engine, production }: Settings, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return {
    ...inherited(env),
    NODE_ENV: production ? 'production' : 'development',
    ...Object.fromEntries(
      Object.entries(ports)
        .filter(([name]) => name !== REGISTRY.name && name !== engine?.name)
        .map(([name, port]) => [variable('SUBGRAPH_URL', name), `http://127.0.0.1:${port}`]),
    ),
  };
}

const sharedBetweenInstances = (env: NodeJS.ProcessEnv) => (env.REDIS_URL ? { REDIS_URL: env.REDIS_URL } : {});

const publicUrlOf = ({ port }: Settings, env: NodeJS.ProcessEnv) => env.PUBLIC_URL || `http://localhost:${port}`;

/** How a router finds the registry; nothing for one that does not follow it, or where there is none. */
function registryOf(
  { followsRegistry }: Service,
  { ports, secrets }: Settings,
  env: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
  if (!followsRegistry || !(ports.registry || env.REGISTRY_URL)) return {};
  return {
    ...(ports.registry ? { REGISTRY_URL: `http://127.0.0.1:${ports.registry}` } : {}),
    GRAPH_REF: env.GRAPH_REF || GRAPH_REF,
    REGISTRY_ROUTER_KEY: secrets.REGISTRY_ROUTER_KEY,
  };
}

function registryEnvironment(_: Service, { ports, databases, secrets }: Settings, env: NodeJS.ProcessEnv) {
  return {
    HOST: '127.0.0.1',
    PORT: String(ports.registry),
    DATABASE_URL_REGISTRY: databases.registry,
    REGISTRY_GRAPHS: GRAPH_REF.split('@')[0],
    REGISTRY_POLICIES: env.REGISTRY_POLICIES || 'rover/policies',
    REGISTRY_KEY: secrets.REGISTRY_KEY,
    REGISTRY_ROUTER_KEY: secrets.REGISTRY_ROUTER_KEY,
    ...beginningWith('APOLLO_LICENCE_', env),
  };
}

function engineEnvironment(service: Service, settings: Settings, env: NodeJS.ProcessEnv) {
  const listen = `127.0.0.1:${settings.ports[service.name]}`;
  return {
    ROUTER_SECRET: settings.secrets.ROUTER_SECRET,
    ...registryOf(service, settings, env),
    HOST: '127.0.0.1',
    PORT: String(settings.ports[service.name]),
    SUPERGRAPH_PATH: settings.supergraphPath,
    ROUTER_LISTEN: listen,
    ROUTER_HEALTH_LISTEN: listen,
    ROUTER_HEALTH_PATH: '/ready',
  };
}

function gatewayEnvironment(service: Service, settings: Settings, env: NodeJS.ProcessEnv) {
  const { engine, secrets } = settings;
  return {
    ROUTER_SECRET: secrets.ROUTER_SECRET,
    SERVICE_SECRET: secrets.SERVICE_SECRET,
    ...sharedBetweenInstances(env),
    ...(engine
      ? { ENGINE_URL: `${addressOf(engine, settings)}/graphql`, ENGINE_READY_URL: readyUrlOf(engine, settings) }
      : {}),
    ...registryOf(service, settings, env),
    HOST: settings.host,
    PORT: String(settings.port),
    SUPERGRAPH_PATH: settings.supergraphPath,
    PUBLIC_URL: publicUrlOf(settings, env),
  };
}

function mailOf({ mailFolder }: Settings, env: NodeJS.ProcessEnv) {
  return env.MAIL_URL ? { MAIL_URL: env.MAIL_URL } : { MAIL_DIR: env.MAIL_DIR || mailFolder };
}

function subgraphEnvironment({ name }: Service, settings: Settings, env: NodeJS.ProcessEnv) {
  const { secrets, databases, ports } = settings;
  return {
    ROUTER_SECRET: secrets.ROUTER_SECRET,
    SERVICE_SECRET: secrets.SERVICE_SECRET,
    ...sharedBetweenInstances(env),
    HOST: '127.0.0.1',
    PORT: String(ports[name]),
    ...(databases[name] ? { [variable('DATABASE_URL', name)]: databases[name] } : {}),
    ...(databases.events ? { DATABASE_URL_EVENTS: databases.events } : {}),
    ...beginningWith('KAFKA_SASL_', env),
    ...Object.fromEntries((OWN_SECRETS[name] ?? []).map((secret) => [secret, secrets[secret]])),
    ...(MAKERS_OF_LINKS.includes(name) ? { PUBLIC_URL: publicUrlOf(settings, env) } : {}),
    ...(SENDERS_OF_MAIL.includes(name) ? mailOf(settings, env) : {}),
    ...(name === 'auth' ? beginningWith('OAUTH_', env) : {}),
  };
}

const OWN = {
  registry: registryEnvironment,
  engine: engineEnvironment,
  gateway: gatewayEnvironment,
  subgraph: subgraphEnvironment,
};

/** The environment variables of one service, and no secret that it does not need. */
export function environmentOf(
  service: Service,
  settings: Settings,
  env: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
  return { ...common(settings, env), ...OWN[service.kind](service, settings, env) };
}
