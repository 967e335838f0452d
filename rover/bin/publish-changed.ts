import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type ConfiguredSubgraph, changedSubgraphs } from '../src/changed-subgraphs.ts';
import { RoverError, type RoverOutput, runRover } from '../src/run-rover.ts';
import { changeContext } from '../src/version-control.ts';

const HELP = `Publishes the subgraphs whose schema differs from the base by Rover, and fails loudly.

  npm run schema:publish -- [--base HEAD~1 | --all] [--graph-ref community@current] [--config rover/supergraph.yaml] [--dry-run]

APOLLO_KEY holds a key with the scope publish, APOLLO_REGISTRY_URL the registry. Ends with 1 when a composition fails: the
schema is kept and the last good supergraph stays in service.`;

const TRIES = 4;
const FIRST_PAUSE_MS = 1_000;

/** Rover has no code for a registry that does not answer; it says so in words. */
const unreachable = (output: RoverOutput): boolean =>
  /error sending request|timed? ?out|connection/i.test(output.error?.message ?? '');

async function publish(
  { name, url, file }: ConfiguredSubgraph,
  graphRef: string,
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
    '30',
  ];
  for (let attempt = 1; ; attempt += 1) {
    const output = await runRover(args, env);
    if (!unreachable(output) || attempt === TRIES) return output;
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
      'dry-run': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const subgraphs = await changedSubgraphs(values.config, values.all ? null : values.base);
  if (subgraphs.length === 0) console.log('No schema changed.');
  const env = await changeContext(path.dirname(path.resolve(values.config)));
  let good = true;
  for (const subgraph of subgraphs) {
    if (values['dry-run']) console.log(`would publish ${subgraph.name} to ${values['graph-ref']}`);
    else good = tell(subgraph.name, await publish(subgraph, values['graph-ref'], env)) && good;
  }
  return good ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof RoverError || error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
