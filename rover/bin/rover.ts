import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { roverBinary, roverEnvironment } from '../src/rover-binary.ts';
import { installPlugin, installRouter, PLUGIN_VERSION, ROUTER_VERSION } from '../src/supergraph-plugin.ts';

/** The registry of the platform that runs with the usual data folder, unless the environment names another. */
function platformRegistry(): NodeJS.ProcessEnv {
  if (process.env.APOLLO_REGISTRY_URL) return {};
  const folder = path.resolve(process.env.DATA_DIR || '.data');
  const [runtime, secrets] = [path.join(folder, 'runtime.json'), path.join(folder, 'secrets.json')];
  if (!existsSync(runtime) || !existsSync(secrets)) return {};
  const { services } = JSON.parse(readFileSync(runtime, 'utf8')) as { services: Record<string, { url: string }> };
  const { REGISTRY_KEY } = JSON.parse(readFileSync(secrets, 'utf8')) as { REGISTRY_KEY?: string };
  return services.registry && REGISTRY_KEY ? roverEnvironment(services.registry.url, REGISTRY_KEY) : {};
}

const home = path.join(
  process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'),
  'community-platform',
  'rover-home',
);
try {
  installPlugin(home);
  const router = process.env.APOLLO_ROUTER_BIN;
  if (router) installRouter(home, router);
  const child = spawn(await roverBinary(), process.argv.slice(2), {
    stdio: 'inherit',
    env: {
      APOLLO_TELEMETRY_DISABLED: '1',
      APOLLO_ROVER_SKIP_UPDATE: '1',
      APOLLO_ELV2_LICENSE: 'accept',
      APOLLO_ROVER_DEV_COMPOSITION_VERSION: PLUGIN_VERSION,
      ...(router ? { APOLLO_ROVER_DEV_ROUTER_VERSION: ROUTER_VERSION } : {}),
      ...platformRegistry(),
      ...process.env,
      // Last: the plugin is there, and in a folder of the user's it would take the place of Apollo's own.
      APOLLO_HOME: home,
    },
  });
  child.once('error', (error) => {
    console.error(`Rover cannot be run: ${error.message}`);
    process.exitCode = 1;
  });
  child.once('exit', (code, signal) => {
    process.exitCode = code ?? (signal ? 128 : 1);
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
