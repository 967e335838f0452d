import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { freePort } from '@community/database/free-port';
import { dataFolder, prepareDataFolder } from '../data-folder.ts';
import { Platform } from '../platform.ts';
import { loadSecrets } from '../secrets.ts';
import { selectServices } from '../services.ts';
import { recordedReport } from './fixture.ts';
import { temporaryFolder } from './temporary-folder.ts';

const REPOSITORY = join(import.meta.dirname, '../../../..');

/** Answers every path with who it is; writes down when it stops, so that a test can see the order. */
const SERVICE = `
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { name } from './name.ts';
const server = createServer((_, response) => response.end(JSON.stringify({ name, pid: process.pid, env: process.env })));
server.listen(Number(process.env.PORT), process.env.HOST);
process.once('SIGTERM', () => {
  appendFileSync('stopped', name + ' ');
  server.close();
  server.closeAllConnections();
  process.disconnect();
});
`;

/** A repository with two subgraphs, alpha and beta, and a gateway, all of them as small as can be. */
export function fixtureRepository(): {
  root: string;
  write(path: string, text: string): void;
  [Symbol.dispose](): void;
} {
  const folder = temporaryFolder();
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder.path, path)), { recursive: true });
    writeFileSync(join(folder.path, path), text);
  };
  for (const shared of ['node_modules', 'packages', 'package.json'])
    symlinkSync(join(REPOSITORY, shared), join(folder.path, shared));
  for (const name of ['alpha', 'beta', 'gateway']) {
    const source = name === 'gateway' ? 'router/gateway/src' : `subgraphs/${name}/src`;
    write(`${source}/main.ts`, SERVICE);
    write(`${source}/name.ts`, `export const name: string = '${name}';\n`);
  }
  for (const name of ['alpha', 'beta']) write(`subgraphs/${name}/schema.graphql`, `type Query { ${name}: String }\n`);
  return { root: folder.path, write, [Symbol.dispose]: folder[Symbol.dispose] };
}

/** A platform of the fixture repository that has not been started. */
export async function fixturePlatform(root: string, { watch = false, only = undefined as string[] | undefined } = {}) {
  const folder = dataFolder(join(root, '.data'));
  prepareDataFolder(folder);
  const port = await freePort();
  const report = recordedReport();
  const platform = new Platform({
    root,
    ...selectServices(root, only),
    folder,
    host: '127.0.0.1',
    port,
    production: false,
    watch,
    secrets: loadSecrets(folder.secrets, {}).secrets,
    report,
  });
  return { platform, folder, report, port, url: `http://127.0.0.1:${port}` };
}
