// As the registry's own command does, so that the composition library is timed as the registry runs it.
import { readArguments } from '@community/kit/command';
import '@community/schema-registry/production';

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { composeSupergraph } from '@community/rover/compose';
import { roverBinary, roverEnvironment } from '@community/rover/rover-binary';
import { connect } from '@community/schema-registry/cli/api';
import { publishSubgraphs } from '@community/schema-registry/cli/publish';
import { type GeneratedSubgraph, generateGraph } from './generate.ts';
import { type RegistryProcess, startRegistryProcess } from './server.ts';
import { pollUplink } from './uplink-load.ts';

const HELP = `Times the registry over a generated graph: Rover's check and publish beside the composition library's own time,
and Uplink under many pollers.

  npm run bench:registry -- [--subgraphs 100] [--types 3000] [--operations 2000] [--pollers 1000] [--rounds 7]`;

/** Until the code that answers a poll is compiled: routers poll for months. */
const WARM_UP_SECONDS = 10;
const GRAPH_REF = 'bench@current';
const run = promisify(execFile);

const { values } = readArguments({
  options: {
    subgraphs: { type: 'string', default: '100' },
    types: { type: 'string', default: '3000' },
    operations: { type: 'string', default: '2000' },
    pollers: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '7' },
    help: { type: 'boolean', default: false },
  },
});

const median = (all: readonly number[]): number => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;
const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;

async function timed(work: () => Promise<unknown> | unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Reports use of many documents over the graph, as the platform's gateway does. */
async function reportUse(registry: RegistryProcess, count: number, subgraphs: number): Promise<void> {
  const hour = new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000).toISOString();
  const operations = Array.from({ length: count }, (_, index) => {
    const i = index % subgraphs;
    return {
      document: `query Operation${index} { entity${i}(id: "${index}") { id name latest { name f0 } } }`,
      operationName: `Operation${index}`,
      coordinates: [`Query.entity${i}`, `Query.entity${i}(id:)`, `E${i}.id`, `E${i}.name`, `E${i}.latest`],
      client: { name: `client${index % 5}`, version: '1' },
      hour,
      requests: 1 + (index % 100),
      errors: 0,
      durationMs: 5,
    };
  });
  for (let start = 0; start < operations.length; start += 1_000) {
    const response = await fetch(`${registry.url}/usage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': registry.key },
      body: JSON.stringify({ graphRef: GRAPH_REF, operations: operations.slice(start, start + 1_000) }),
    });
    if (!response.ok) throw new Error(await response.text());
  }
}

async function bench(registry: RegistryProcess, folder: string): Promise<void> {
  const graph = generateGraph(Number(values.subgraphs), Number(values.types));
  const api = connect(registry.url, registry.key);
  const binary = await roverBinary();
  const sdlBytes = graph.reduce((sum, { sdl }) => sum + sdl.length, 0);
  console.log(
    `${graph.length} subgraphs, ${graph.reduce((sum, { sdl }) => sum + (sdl.match(/^(type|interface|union|enum|input) /gm)?.length ?? 0), 0)} definitions, ${(sdlBytes / 1024).toFixed(0)} KiB of SDL; ${cpus().length} cores, Node ${process.version}`,
  );
  console.log(`all subgraphs in one launch: ${seconds(await timed(() => publishSubgraphs(api, GRAPH_REF, graph)))}`);

  const changed = (subgraph: GeneratedSubgraph, round: number) => ({
    ...subgraph,
    sdl: subgraph.sdl.replace('type Query {', `type Query { "Round ${round}." fresh${round}: Int`),
  });
  const rover = async (command: 'check' | 'publish', subgraph: GeneratedSubgraph, expected = 0) => {
    const file = path.join(folder, 'changed.graphql');
    writeFileSync(file, subgraph.sdl);
    const args = ['subgraph', command, GRAPH_REF, '--name', subgraph.name, '--schema', file];
    const env = { PATH: process.env.PATH, HOME: folder, ...roverEnvironment(registry.url, registry.key) };
    const code = await run(binary, args, { env, maxBuffer: 64 * 1024 * 1024 }).then(
      () => 0,
      (error: { code: number }) => error.code,
    );
    if (code !== expected) throw new Error(`rover subgraph ${command} ended with ${code}, not ${expected}`);
  };
  const removed = (subgraph: GeneratedSubgraph) => ({
    ...subgraph,
    sdl: subgraph.sdl.replace(/ latest: \w+ }/, ' }').replace('input', '# latest is gone\ninput'),
  });
  const figures = {
    compose: [] as number[],
    quiet: [] as number[],
    used: [] as number[],
    breaking: [] as number[],
    publish: [] as number[],
  };
  const rounds = Number(values.rounds);
  const round = async (index: number, check: number[]) => {
    const subgraph = changed(graph[index % graph.length] as GeneratedSubgraph, index);
    const all = graph.map((other) => (other.name === subgraph.name ? subgraph : other));
    figures.compose.push(
      await timed(() => {
        const composed = composeSupergraph(all);
        if ('errors' in composed) throw new Error(composed.errors[0]?.message);
      }),
    );
    check.push(await timed(() => rover('check', subgraph)));
    figures.publish.push(await timed(() => rover('publish', subgraph)));
  };
  for (let index = 0; index < rounds; index += 1) await round(index, figures.quiet);
  await reportUse(registry, Number(values.operations), graph.length);
  for (let index = rounds; index < rounds * 2; index += 1) {
    await round(index, figures.used);
    const subgraph = removed(graph[index % graph.length] as GeneratedSubgraph);
    figures.breaking.push(await timed(() => rover('check', subgraph, 1)));
  }

  const compose = median(figures.compose);
  const row = (what: string, all: readonly number[], target?: number) => {
    const middle = median(all);
    const verdict =
      target === undefined ? '' : `   ${middle <= target ? 'holds' : 'FALLS SHORT of'} ${seconds(target)}`;
    console.log(
      `${what.padEnd(46)} median ${seconds(middle)}   worst ${seconds(Math.max(...all))}   ${(middle / compose).toFixed(2)} × the library${verdict}`,
    );
  };
  row("the composition library's own time", figures.compose);
  row('rover subgraph check, no traffic', figures.quiet, 2_000);
  row(`rover subgraph check, ${values.operations} documents`, figures.used, 2_000);
  row(`rover subgraph check, a used field removed`, figures.breaking, 2_000);
  row('rover subgraph publish', figures.publish, 3_000);

  const pollers = Number(values.pollers);
  const show = (what: string, uplink: Awaited<ReturnType<typeof pollUplink>>, target?: number) =>
    console.log(
      `${what.padEnd(46)} ${uplink.polls} polls, ${uplink.errors} errors, ${(uplink.cpu * 100).toFixed(1)} % of a core, p50 ${uplink.p50Ms.toFixed(1)} ms, p99 ${uplink.p99Ms.toFixed(1)} ms, longest ${uplink.maxMs.toFixed(0)} ms${target === undefined ? '' : uplink.cpu <= target ? '   holds 10 %' : '   FALLS SHORT of 10 %'}`,
    );
  await pollUplink(registry, GRAPH_REF, pollers, WARM_UP_SECONDS);
  show(`Uplink, ${pollers} pollers every 10 s`, await pollUplink(registry, GRAPH_REF, pollers, 20), 0.1);
  show(
    'the same while a publish happens',
    await pollUplink(registry, GRAPH_REF, pollers, 10, () =>
      rover('publish', changed(graph[0] as GeneratedSubgraph, 999)),
    ),
  );
}

if (values.help) console.log(HELP);
else {
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-rover-'));
  const registry = await startRegistryProcess();
  const stop = async () => {
    await registry.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('SIGINT', () => void stop().then(() => process.exit(130)));
  try {
    await bench(registry, folder);
  } finally {
    await stop();
  }
}
