import { parseArgs } from 'node:util';
import { TESTED_VERSION } from '../src/config.ts';
import { installHiveRouter } from './install.ts';
import { IMAGE, InstallError, thisMachine } from './release.ts';

const HELP = `Fetches the router in Rust that the platform can run on: Hive Router ${TESTED_VERSION} (MIT), the official release for this machine.

  npm run router -- install                     into the user's cache, and prints the variable by which it is used
  npm run router -- install --digest sha256:…   checks it against a digest of yours, and asks nobody for one

  export $(npm run -s router -- install) && npm start -- --router hive-router

Nothing is kept that was not checked: without --digest, against the SHA-256 that GitHub tells of the released file.
HIVE_ROUTER_RELEASES names a mirror of https://github.com/graphql-hive/router/releases/download, and
HIVE_ROUTER_RELEASES_API one of https://api.github.com/repos/graphql-hive/router/releases/tags, which tells digests.
Elsewhere than on Linux (glibc) and macOS, x64 and arm64: the image ${IMAGE}.`;

/** The variable goes to stdout, for the shell; words to stderr, for people. */
async function run(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { digest: { type: 'string' }, help: { type: 'boolean', default: false } },
  });
  const [command, ...more] = positionals;
  if (values.help || command === undefined) return console.log(HELP);
  if (command !== 'install' || more.length > 0)
    throw new InstallError(`there is no command "${positionals.join(' ')}" (see --help)`);
  const say = (line: string) => console.error(line);
  const { file, fresh } = await installHiveRouter({
    machine: thisMachine(),
    env: process.env,
    digest: values.digest,
    say,
  });
  say(`Hive Router ${TESTED_VERSION} ${fresh ? 'is checked and installed' : 'is already there'}: ${file}`);
  console.log(`HIVE_ROUTER_BIN=${file}`);
}

try {
  await run();
} catch (error) {
  console.error(`router: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
