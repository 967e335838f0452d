import { cpus } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { randomFrom } from '@community/import/generate/random';
import { readArguments } from '@community/kit/command';
import { type Graph, startApolloRouter, startHiveRouter } from '../../tests/conformance/engines.ts';
import { startPlatform } from '../../tests/platform.ts';
import { cpuOfMachine, settle } from '../processes.ts';
import { cpuSecondsOf, memoryOf, quantile } from '../usage.ts';
import { type Child, startChild } from './child.ts';
import { type Community, fill, signIn } from './community.ts';
import { meanOf, medianOf } from './figures.ts';
import { graphOf } from './graph.ts';
import { drive, type Load } from './load.ts';
import { createMix, isWrite, type Operation } from './pages.ts';

const HELP = `Compares engines on the operations of the standard mix, each as a process of its own, in alternated rounds of one run:
before the subgraphs of a whole platform, and before recorded answers of these, where the engine's own cost is seen.

  npm run bench:engines -- [--members 2000] [--posts 10000] [--clients 32] [--seconds 8] [--rounds 5] [--seed 1]

The Apollo Router and Hive Router take part where APOLLO_ROUTER_BIN and HIVE_ROUTER_BIN say where they are, the latter alone
and behind a front door, as the platform runs it; our gateway has its front door in it. Prints medians of the rounds, and
ratios to @apollo/gateway. The load, the subgraphs and PostgreSQL run on the same cores.`;

const SIGNED_IN = 200;
/** Different pages that are recorded, drawn from the mix. */
const RECORDED = 200;
const SETTLED_WITHIN_MS = 180_000;
const REFERENCE = '@apollo/gateway';
/** For both engines that run in Node. */
const NODE_FLAGS = ['--max-semi-space-size=64'];

const { values } = readArguments({
  options: {
    members: { type: 'string', default: '2000' },
    posts: { type: 'string', default: '10000' },
    clients: { type: 'string', default: '32' },
    seconds: { type: 'string', default: '8' },
    rounds: { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
    help: { type: 'boolean', default: false },
  },
});
const [clients, seconds, rounds] = [Number(values.clients), Number(values.seconds), Number(values.rounds)];

type Start = (graph: Graph) => Promise<Child>;

const inNode =
  (name: string): Start =>
  (graph) =>
    startChild('./engine-process.ts', { ENGINE: name, GRAPH: JSON.stringify(graph) }, NODE_FLAGS);

async function program(starting: ReturnType<typeof startApolloRouter>): Promise<Child> {
  const { url, pid, stop } = await starting;
  const ended = async () => void (await stop());
  return { url, pid: pid ?? 0, stop: ended, [Symbol.asyncDispose]: ended };
}

const { APOLLO_ROUTER_BIN, HIVE_ROUTER_BIN } = process.env;
const ENGINES: readonly (readonly [name: string, start: Start])[] = [
  [REFERENCE, inNode('apollo')],
  ['our gateway', inNode('ours')],
  ...(APOLLO_ROUTER_BIN
    ? [['the Apollo Router', (graph: Graph) => program(startApolloRouter(graph, APOLLO_ROUTER_BIN))] as const]
    : []),
  ...(HIVE_ROUTER_BIN
    ? ([
        ['Hive Router', (graph: Graph) => program(startHiveRouter(graph, HIVE_ROUTER_BIN))],
        ['behind front door', inNode('hive-router')],
      ] as const)
    : []),
];

interface Round {
  readonly load: Load;
  /** Milliseconds of the engine's CPU. */
  readonly cpuPerRequest: number;
}

async function measure({ url, pid }: Child, next: () => Operation | undefined): Promise<Round> {
  const before = cpuSecondsOf(pid);
  const load = await drive(url, next, { clients, seconds });
  return { load, cpuPerRequest: ((cpuSecondsOf(pid) - before) * 1_000) / load.requests };
}

function print(name: string, engine: Child, own: readonly Round[], reference: readonly Round[]): void {
  const of = (list: readonly Round[], figure: (round: Round) => number) => medianOf(list.map(figure));
  const rate = ({ load }: Round) => load.requests / load.seconds;
  const cpu = (round: Round) => round.cpuPerRequest;
  const failed = own.reduce((sum, { load }) => sum + load.failed, 0);
  const ratio = (figure: (round: Round) => number) => (of(own, figure) / of(reference, figure)).toFixed(2);
  console.log(
    `  ${name.padEnd(18)} ${of(own, rate).toFixed(0).padStart(5)} requests/s (× ${ratio(rate)})  mean ${of(own, ({ load }) => meanOf(load.latencies)).toFixed(1)} ms, p99 ${of(own, ({ load }) => quantile(load.latencies, 0.99)).toFixed(1)}  CPU ${of(own, cpu).toFixed(2)} ms a request (× ${ratio(cpu)})  ${(memoryOf(engine.pid) / 1024 / 1024).toFixed(0)} MiB  errors ${failed}`,
  );
  for (const error of new Set(own.flatMap(({ load }) => load.errors))) console.log(`      ${error}`);
}

/** Rounds in which each engine has its turn. @param pages made anew for each turn, so that all have the same */
async function compare(graph: Graph, warm: (engine: Child) => Promise<unknown>, pages: () => () => Operation) {
  const engines = await Promise.all(ENGINES.map(async ([name, start]) => ({ name, engine: await start(graph) })));
  try {
    for (const { engine } of engines) await warm(engine);
    const found = new Map<string, Round[]>(engines.map(({ name }) => [name, []]));
    for (let round = 0; round < rounds; round += 1)
      for (const { name, engine } of engines) found.get(name)?.push(await measure(engine, pages()));
    for (const { name, engine } of engines) print(name, engine, found.get(name) ?? [], found.get(REFERENCE) ?? []);
  } finally {
    await Promise.all(engines.map(({ engine }) => engine.stop()));
  }
}

async function overSubgraphs(graph: Graph, community: Community): Promise<void> {
  console.log('before the subgraphs of the platform, the whole mix');
  const mix = () => createMix(community, randomFrom(Number(values.seed)));
  await compare(graph, ({ url }) => drive(url, mix(), { clients, seconds: 5 }), mix);
}

async function overRecorded({ subgraphUrls, routerSecret }: Graph, community: Community): Promise<void> {
  const next = createMix(community, randomFrom(Number(values.seed)));
  const pages: Operation[] = [];
  while (pages.length < RECORDED) {
    const page = next();
    if (!isWrite(page)) pages.push(page);
  }
  const recorder = await startChild('./recorder.ts', { SUBGRAPHS: JSON.stringify(subgraphUrls) });
  try {
    const recorded = Object.keys(subgraphUrls).map((name) => [name, `${recorder.url}/${name}`]);
    const misses = async () => Number(await (await fetch(`${recorder.url}/misses`)).text());
    const inTurn = () => {
      let at = 0;
      return () => pages[at++ % pages.length] as Operation;
    };
    console.log('before recorded answers of the subgraphs, the reads of the mix');
    let before = 0;
    await compare(
      { subgraphUrls: Object.fromEntries(recorded), routerSecret },
      async ({ url }) => {
        await drive(url, once(pages), { clients: 1, seconds: 120 });
        await drive(url, inTurn(), { clients, seconds: 5 });
        before = await misses();
      },
      inTurn,
    );
    console.log(`  ${(await misses()) - before} of the requests to subgraphs had not been recorded`);
  } finally {
    await recorder.stop();
  }
}

/** What others use of the machine while nothing is asked of the platform. */
async function othersCores(): Promise<number> {
  const before = cpuOfMachine();
  await setTimeout(3_000);
  return (cpuOfMachine() - before) / 3;
}

/** Each page one time. */
function once(pages: readonly Operation[]): () => Operation | undefined {
  let at = 0;
  return () => pages[at++];
}

if (values.help) console.log(HELP);
else {
  await using platform = await startPlatform({ args: ['--production'] });
  const [members, posts] = [Number(values.members), Number(values.posts)];
  const written = { comments: posts * 5, likes: posts * 6, bookmarks: posts };
  const size = { members, posts, boards: 10, ...written, follows: members * 10 };
  const signing = Math.min(SIGNED_IN, members);
  const filled = await fill(platform, { ...size, seed: Number(values.seed) }, signing);
  await settle(platform, SETTLED_WITHIN_MS);
  console.log(
    `${cpus().length} cores, Node ${process.version}; ${members} members, ${posts} posts; ${clients} clients, medians of ${rounds} alternated rounds of ${seconds} s`,
  );
  const graph = graphOf(platform);
  console.log(`others use ${(await othersCores()).toFixed(1)} cores of the machine before it begins`);
  await overSubgraphs(graph, { ...filled, tokens: await signIn(platform, signing) });
  await overRecorded(graph, { ...filled, tokens: await signIn(platform, signing) });
}
