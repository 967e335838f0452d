import { StartError } from '@community/database/start-error';
import { readArguments } from '@community/kit/command';
import { kafkaLibraries } from '../src/kafka-libraries.ts';
import { type EngineState, localEngines, startLocalEngines, stopLocalEngines } from '../src/local-engines.ts';

const HELP = `Starts real engines on this machine, without containers, for development and tests: Apache Kafka (needs Java and Maven)
and Redis (needs redis-server).

  npm run engines -- up       starts those that do not run yet, and prints the variables by which the platform uses them
  npm run engines -- status   says what runs
  npm run engines -- down     ends what \`up\` started
  npm run engines -- fetch    fetches Kafka's libraries into the user's cache, which \`up\` does when they are missing

  export $(npm run -s engines -- up) && npm start

Their data and logs are in the folder engines of --data-dir (default .data).`;

const { values, positionals } = readArguments({
  allowPositionals: true,
  options: { 'data-dir': { type: 'string', default: '.data' }, help: { type: 'boolean', default: false } },
});
const dataDir = values['data-dir'];

/** Variables go to stdout, for the shell; words to stderr, for people. */
function report(engines: readonly EngineState[]): void {
  for (const engine of engines) {
    if (engine.url === undefined) console.error(`${engine.name}: ${engine.reason}`);
    else console.error(`${engine.name}: ${engine.fresh ? 'started' : 'runs'} at ${engine.url} (process ${engine.pid})`);
  }
  const variables = engines.flatMap((engine) => (engine.url ? [`${engine.variable}=${engine.url}`] : []));
  if (variables.length > 0) console.log(variables.join(' '));
  if (variables.length < engines.length) process.exitCode = 1;
}

async function run(): Promise<void> {
  const [command] = positionals;
  if (values.help || !command) console.log(HELP);
  else if (command === 'up') report(await startLocalEngines(dataDir));
  else if (command === 'status') report(localEngines(dataDir));
  else if (command === 'down') {
    const ended = await stopLocalEngines(dataDir);
    console.error(ended.length > 0 ? `ended: ${ended.join(', ')}` : 'nothing was running');
  } else if (command === 'fetch') console.error(`Kafka's libraries are in ${await kafkaLibraries()}`);
  else throw new StartError(`there is no command ${command} (see --help)`);
}

try {
  await run();
} catch (error) {
  console.error(`engines: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
