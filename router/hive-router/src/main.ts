import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensurePersistedDocuments } from '@community/front-door/persisted-documents';
import { readGatewayConfig } from '@community/gateway/config';
import { openSupergraph } from '@community/gateway/supergraph-file';
import { followRegistry } from '@community/gateway/uplink';
import { createLog } from '@community/kit/log';
import { runProgram } from '@community/kit/program';
import { runProcess } from '@community/kit/run';
import { traceExportOf } from '@community/kit/telemetry';
import { hiveRouterConfig, TESTED_VERSION } from './config.ts';
import { followSupergraph } from './placed-supergraph.ts';

/** @returns the version that the router tells of itself in its first line */
function versionIn(line: string): string | undefined {
  try {
    const { version } = JSON.parse(line) as { version?: unknown };
    return typeof version === 'string' ? version : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Runs the real Hive Router as one of the platform's services, on files that are kept on disk: from the registry, while
 * there is one, and otherwise as they are.
 */
await runProcess(async () => {
  const config = readGatewayConfig();
  const log = createLog('hive-router', config.logLevel);
  const supergraph = openSupergraph(config.supergraphPath, log);
  ensurePersistedDocuments(config.documentsPath);
  // It holds the router's secret: nobody else may read it, and it goes with the process.
  const folder = mkdtempSync(path.join(tmpdir(), 'hive-router-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const supergraphPath = path.join(folder, 'supergraph.graphql');
  const placed = followSupergraph(supergraph, supergraphPath, log);
  const file = path.join(folder, 'router.config.json');
  const routerConfig = hiveRouterConfig({ ...config, supergraphPath }, placed.limits, traceExportOf('hive-router'));
  writeFileSync(file, JSON.stringify(routerConfig), { mode: 0o600 });
  const { PATH, HOME, HIVE_ROUTER_BIN: program = 'hive_router' } = process.env;
  const env = { PATH, HOME, ROUTER_CONFIG_FILE_PATH: file };
  const router = runProgram('Hive Router', [program], env, (line) => {
    const version = versionIn(line);
    if (version && version !== TESTED_VERSION)
      log.warn({ version, tested: TESTED_VERSION }, 'this version of Hive Router is not the one that was tested');
    process.stdout.write(`${line}\n`);
  });
  const uplink = followRegistry(config, log);
  return {
    port: config.port,
    async stop() {
      uplink?.stop();
      placed.stop();
      await router.stop();
    },
  };
});
