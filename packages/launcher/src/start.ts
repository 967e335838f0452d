import { relative } from 'node:path';
import { lockFolder } from '@community/database/folder-lock';
import { type DataFolder, dataFolder, prepareDataFolder } from './data-folder.ts';
import { selectEngine } from './engines.ts';
import { destinationOfMail } from './environment.ts';
import type { StartOptions } from './options.ts';
import { Platform } from './platform.ts';
import { jsonReport, type Report, terminalReport } from './report.ts';
import { endLeftBehind } from './runtime-file.ts';
import { sampleAdministrator, sampleMember } from './sample/content.ts';
import { loadSampleData } from './sample/load.ts';
import { loadSecrets, type Secrets } from './secrets.ts';
import { selectServices } from './services.ts';
import { stopInTime, whenAskedToStop } from './signals.ts';

/** The subgraphs without which sample data cannot be written. */
const SAMPLE_DATA_NEED = ['auth', 'user', 'content'];

const FASTER =
  '\n  Router    the embedded one; npm start -- --router hive-router serves more on many cores (npm run router -- --help)';

function tellWhereThingsAre(
  report: Report,
  folder: DataFolder,
  port: number,
  seconds: string,
  registryUrl: string | undefined,
  mail: string | undefined,
  isEmbedded: boolean,
): void {
  const url = `http://localhost:${port}`;
  report.info(
    `\nReady in ${seconds} s.\n\n  Graph     ${url}/graphql\n  Health    ${url}/health  ${url}/ready\n  Logs      ${relative(process.cwd(), folder.logs)}/${registryUrl ? `\n  Registry  ${registryUrl}  (its keys are in ${relative(process.cwd(), folder.secrets)}; npm run rover -- …)` : ''}${mail ? `\n  Mail      ${mail}` : ''}${isEmbedded ? FASTER : ''}`,
  );
}

function tellSignIns(report: Report, secrets: Secrets): void {
  report.info(
    `  Sign in   ${sampleMember.email}  a member\n            ${sampleAdministrator.email}  an administrator\n  Password  ${secrets.SAMPLE_PASSWORD}`,
  );
}

/**
 * Starts the platform and keeps it running until it is asked to stop.
 * @throws StartError
 */
export async function start(root: string, options: StartOptions): Promise<void> {
  const begin = performance.now();
  const asked = whenAskedToStop();
  const services = { ...selectServices(root, options.only), ...selectEngine(options.router) };
  const report = options.production ? jsonReport() : terminalReport();
  const folder = dataFolder(options.dataDir);
  prepareDataFolder(folder);
  const unlock = lockFolder(folder.path);
  try {
    await endLeftBehind(folder.runtime);
    const { secrets, repaired } = loadSecrets(folder.secrets);
    if (repaired)
      report.warn(
        `${folder.secrets} could be read by other accounts: it is private now. If they are not to be trusted, start afresh with new secrets.`,
      );

    const platform = new Platform({
      root,
      ...services,
      folder,
      host: options.production ? process.env.HOST || '127.0.0.1' : '127.0.0.1',
      port: options.port,
      production: options.production,
      watch: options.command === 'dev',
      secrets,
      report,
    });
    const running = run(platform, { ...options, root, begin, report, folder, secrets });
    const stop = () => stopInTime(() => platform.stop());
    try {
      await Promise.race([asked, running]);
    } catch (error) {
      await stop();
      throw error;
    }
    report.info('\nStopping …');
    const stopBegin = performance.now();
    await stop();
    report.info(`Stopped in ${((performance.now() - stopBegin) / 1000).toFixed(1)} s.`);
  } finally {
    unlock();
  }
}

/** Never resolves when all goes well. */
async function run(
  platform: Platform,
  context: StartOptions & { root: string; begin: number; report: Report; folder: DataFolder; secrets: Secrets },
): Promise<never> {
  const { root, report, folder, port, secrets, production, command } = context;
  const notReady = await platform.start();
  if (platform.stopping) return new Promise(() => {});
  if (notReady.length > 0) report.error(`Not ready: ${notReady.join(', ')}. The others go on.`);
  tellWhereThingsAre(
    report,
    folder,
    port,
    ((performance.now() - context.begin) / 1000).toFixed(1),
    platform.registryUrl,
    destinationOfMail(platform.subgraphs, relative(process.cwd(), folder.mail)),
    context.router === 'gateway',
  );
  const published = platform.publishSchemas().catch((error: Error) => {
    if (!platform.stopping)
      report.warn(
        `The schemas are not published to the registry (${error.message}): the graph runs without, and the next start tries again.`,
      );
  });
  const sampleData = context.sampleData && notReady.length === 0 && platform.hasAll(SAMPLE_DATA_NEED);
  if (sampleData) tellSignIns(report, secrets);
  if (!production)
    report.info(`\n${command === 'dev' ? 'What you edit is built and started again. ' : ''}Ctrl-C stops everything.\n`);
  if (sampleData) {
    await loadSampleData({
      url: platform.url,
      routerSecret: secrets.ROUTER_SECRET,
      password: secrets.SAMPLE_PASSWORD,
      root,
      dataDir: folder.path,
      mark: folder.sampleMark,
      database: platform.databaseName,
      report,
    }).catch((error: Error) => {
      if (!platform.stopping)
        report.error(`The sample data are not complete (${error.message}): the next start goes on with them.`);
    });
  }
  await published;
  return new Promise(() => {});
}
