import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type ConfiguredSubgraph, changedSubgraphs } from '../src/changed-subgraphs.ts';
import { removal } from '../src/check-report.ts';
import { missingSettings, type RoverOutput, runRover, unanswered } from '../src/run-rover.ts';
import { changeContext } from '../src/version-control.ts';

const HELP = `Publishes the subgraphs whose schema differs from the base by Rover, and fails loudly.

  npm run schema:publish -- [--base HEAD~1 | --all] [--graph-ref community@current] [--config rover/supergraph.yaml]
                            [--client-timeout 30] [--dry-run]

APOLLO_KEY holds a key with the scope publish, APOLLO_REGISTRY_URL the registry. Ends with 1 when a composition fails: the
schema is kept and the last good supergraph stays in service. A registry that does not answer within --client-timeout seconds
is asked three times more.`;

const TRIES = 4;
const FIRST_PAUSE_MS = 1_000;

async function publish(
  { name, url, file }: ConfiguredSubgraph,
  graphRef: string,
  seconds: string,
  env: NodeJS.ProcessEnv,
): Promise<RoverOutput> {
  const args = [
    'subgraph',
    'publish',
    graphRef,
    '--name',
    name,
    '--schema',
    file,
    '--routing-url',
    url,
    '--client-timeout',
    seconds,
  ];
  for (let attempt = 1; ; attempt += 1) {
    const output = await runRover(args, env);
    if (!unanswered(output) || attempt === TRIES) return output;
    console.error(`${name}: the registry does not answer; trying again (${attempt} of ${TRIES - 1}).`);
    await setTimeout(FIRST_PAUSE_MS * 2 ** (attempt - 1));
  }
}

/** @returns whether it is in service */
function tell(name: string, { data, error }: RoverOutput): boolean {
  const link = typeof data.launch_url === 'string' ? ` ${data.launch_url}` : '';
  if (!error) {
    console.log(`✅ ${name} is in service.${link}`);
    return true;
  }
  const faults = (error.details?.build_errors ?? []).map(({ message }) => `   ${message}`);
  console.error(
    [
      faults.length > 0
        ? `❌ ${name} does not compose with the others. Its schema is kept; the last good supergraph stays in service.${link}`
        : `❌ ${name} was not published: ${error.message}`,
      ...faults,
    ].join('\n'),
  );
  return false;
}

/** @returns the exit code */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      base: { type: 'string', default: 'HEAD~1' },
      all: { type: 'boolean', default: false },
      'graph-ref': { type: 'string', default: process.env.APOLLO_GRAPH_REF || 'community@current' },
      config: { type: 'string', default: path.resolve(import.meta.dirname, '../supergraph.yaml') },
      'client-timeout': { type: 'string', default: '30' },
      'dry-run': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const graphRef = values['graph-ref'];
  const { changed, removed } = await changedSubgraphs(values.config, values.all ? null : values.base);
  for (const name of removed) console.error(`⚠️ ${name} was taken out of the configuration: ${removal(graphRef, name)}`);
  if (changed.length === 0) console.log('No schema changed.');
  if (values['dry-run']) {
    for (const { name } of changed) console.log(`would publish ${name} to ${graphRef}`);
    return 0;
  }
  const missing = missingSettings();
  if (missing && changed.length > 0) throw new Error(missing);
  const env = await changeContext(path.dirname(path.resolve(values.config)));
  let good = true;
  for (const [index, subgraph] of changed.entries()) {
    const output = await publish(subgraph, graphRef, values['client-timeout'], env);
    good = tell(subgraph.name, output) && good;
    const left = changed.slice(index + 1).map(({ name }) => name);
    // It did not answer four times; each of the others would wait as long.
    if (unanswered(output) && left.length > 0) {
      console.error(`❌ Not tried, as the registry does not answer: ${left.join(', ')}`);
      break;
    }
  }
  return good ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
