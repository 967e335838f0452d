import { accessSync, constants } from 'node:fs';
import { StartError } from '@community/database/start-error';
import { SERVING_FLAGS, type Service } from './service.ts';

/** Front door and engine in one process. */
export const GATEWAY: Service = {
  name: 'gateway',
  kind: 'gateway',
  entry: 'router/gateway/src/main.ts',
  nodeFlags: SERVING_FLAGS,
  followsRegistry: true,
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
export const FRONT_DOOR: Service = {
  name: 'front-door',
  kind: 'gateway',
  entry: 'router/front-door/src/main.ts',
  nodeFlags: SERVING_FLAGS,
};

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
