import { cpus } from 'node:os';
import { randomFrom } from '@community/import/generate/random';
import { readArguments } from '@community/kit/command';
import { SERVING_FLAGS } from '@community/launcher/service';
import { startPlatform, type TestPlatform } from '../../tests/platform.ts';
import { cpuOf, cpuOfMachine, cpuSince, pidsOf, settle } from '../processes.ts';
import { memoryOf } from '../usage.ts';
import { startChild } from './child.ts';
import { fill, signIn } from './community.ts';
import { benchEach } from './each.ts';
import { lineOf } from './figures.ts';
import { graphOf } from './graph.ts';
import { drive, type Load } from './load.ts';
import { createMix } from './pages.ts';

const HELP = `Drives the standard mix of operations through the front door and the gateway of a whole platform in production mode:
60 % feed, 20 % page of a post, 10 % profile, 10 % writes. Half of the reads are those of 200 signed-in members: two
requests, for what everybody sees and for how she stands to it.

  npm run bench -- [--members 2000] [--posts 10000] [--clients 64] [--seconds 15] [--rounds 3] [--warm-up 45] [--seed 1]
                   [--router gateway|hive-router] [--each]

Rounds alternate between the platform as it is, a gateway that shares no answers, in front of the same subgraphs, and, where
HIVE_ROUTER_BIN names it, Hive Router behind a front door that shares none. Prints of each round requests and pages a
second, latencies, errors and CPU a request of every process, then memory. The load is made on the same cores. With --each
it drives each operation alone instead, on the platform as it is, and asks for another thing every time.`;

const SIGNED_IN = 200;
const SETTLED_WITHIN_MS = 180_000;

const { values } = readArguments({
  options: {
    members: { type: 'string', default: '2000' },
    posts: { type: 'string', default: '10000' },
    clients: { type: 'string', default: '64' },
    seconds: { type: 'string', default: '15' },
    rounds: { type: 'string', default: '3' },
    'warm-up': { type: 'string', default: '45' },
    seed: { type: 'string', default: '1' },
    router: { type: 'string', default: 'gateway' },
    each: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

function print(what: string, load: Load, cpu: Record<string, number>, own: number, machine: number): void {
  const perRequest = (used: number) => ((used * 1_000) / load.requests).toFixed(2);
  const all = Object.values(cpu).reduce((sum, used) => sum + used, 0);
  const each = Object.entries(cpu).map(([name, used]) => `${name} ${perRequest(used)}`);
  console.log(
    `${what.padEnd(13)} ${lineOf(load)}  CPU a request ${perRequest(all)} ms (${each.join(', ')}), the load ${perRequest(own)}; others used ${((machine - all - own) / load.seconds).toFixed(1)} cores`,
  );
  for (const error of load.errors) console.log(`    ${error}`);
}

async function bench(platform: TestPlatform): Promise<void> {
  const [members, posts, clients] = [Number(values.members), Number(values.posts), Number(values.clients)];
  const size = {
    members,
    posts,
    boards: 10,
    comments: posts * 5,
    likes: posts * 6,
    bookmarks: posts,
    follows: members * 10,
    seed: Number(values.seed),
  };
  const signing = Math.min(SIGNED_IN, members);
  const { importSeconds, ...filled } = await fill(platform, size, signing);
  console.log(
    `${cpus().length} cores, Node ${process.version}, router ${values.router}; ${members} members, ${posts} posts, ${size.comments} comments imported in ${importSeconds.toFixed(1)} s; ${clients} clients`,
  );
  await settle(platform, SETTLED_WITHIN_MS);
  const community = { ...filled, tokens: await signIn(platform, signing) };
  if (values.each) return benchEach(platform, community, { clients, seconds: Number(values.seconds) });
  const next = createMix(community, randomFrom(size.seed));
  // As the launcher runs the platform's own.
  const start = (engine: string) =>
    startChild('./engine-process.ts', { ENGINE: engine, GRAPH: JSON.stringify(graphOf(platform)) }, SERVING_FLAGS);
  await using anew = await start('ours');
  const { HIVE_ROUTER_BIN } = process.env;
  await using hive = HIVE_ROUTER_BIN ? await start('hive-router') : null;
  const gateways: { name: string; url: string; more: Readonly<Record<string, number>> }[] = [
    { name: 'shared', url: `${platform.url}/graphql`, more: {} },
    { name: 'anew', url: anew.url, more: { 'that gateway': anew.pid } },
    ...(hive ? [{ name: 'Hive Router', url: hive.url, more: { 'front door and Hive Router': hive.pid } }] : []),
  ];
  const seconds = Number(values.seconds);
  // Until the code of writes, of which the mix has few, is compiled.
  for (const { url } of gateways) await drive(url, next, { clients, seconds: Number(values['warm-up']) });
  for (let round = 1; round <= Number(values.rounds); round += 1)
    for (const { name, url, more } of gateways) {
      const before = cpuOf(platform, more);
      const own = process.cpuUsage();
      const machine = cpuOfMachine();
      const load = await drive(url, next, { clients, seconds });
      const { user, system } = process.cpuUsage(own);
      const used = cpuSince(platform, before, more);
      print(`${round} ${name}`, load, used, (user + system) / 1e6, cpuOfMachine() - machine);
    }
  const memory = Object.entries(pidsOf(platform)).map(([name, pid]) => [name, memoryOf(pid) / 1024 / 1024] as const);
  console.log(
    `memory     ${memory.map(([name, mebibytes]) => `${name} ${mebibytes.toFixed(0)} MiB`).join(', ')}; all ${memory.reduce((sum, [, mebibytes]) => sum + mebibytes, 0).toFixed(0)} MiB`,
  );
}

if (values.help) console.log(HELP);
else {
  await using platform = await startPlatform({ args: ['--production', '--router', values.router] });
  await bench(platform);
}
