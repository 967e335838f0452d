import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { randomFrom } from '@community/import/generate/random';
import { startPlatform, type TestPlatform } from '../../tests/platform.ts';
import { cpuOf, cpuSince, pidsOf, settle } from '../processes.ts';
import { memoryOf, quantile } from '../usage.ts';
import { fill } from './community.ts';
import { createMix, drive, type Load } from './load.ts';

const HELP = `Drives the standard mix of operations through the front door and the gateway of a whole platform in production mode:
60 % feed, 20 % page of a post, 10 % profile, 10 % writes; half of the reads by signed-in members.

  npm run bench -- [--members 2000] [--posts 10000] [--clients 32] [--seconds 15] [--rounds 3] [--seed 1]

Prints of each round requests a second, latencies, errors and CPU a request of every process, then memory. The load is made
on the same cores.`;

const SIGNED_IN = 200;
const SETTLED_WITHIN_MS = 180_000;

const { values } = parseArgs({
  options: {
    members: { type: 'string', default: '2000' },
    posts: { type: 'string', default: '10000' },
    clients: { type: 'string', default: '32' },
    seconds: { type: 'string', default: '15' },
    rounds: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
    help: { type: 'boolean', default: false },
  },
});

function print(what: string, load: Load, cpu: Record<string, number>, own: number): void {
  const { requests, seconds, latencies, failed, errors, bytes } = load;
  const perRequest = (used: number) => ((used * 1_000) / requests).toFixed(2);
  const mean = latencies.reduce((sum, each) => sum + each, 0) / Math.max(1, latencies.length);
  const all = Object.values(cpu).reduce((sum, used) => sum + used, 0);
  console.log(
    `${what.padEnd(10)} ${(requests / seconds).toFixed(0).padStart(5)}/s  mean ${mean.toFixed(1)} ms  p50 ${quantile(latencies, 0.5).toFixed(1)}  p99 ${quantile(latencies, 0.99).toFixed(1)}  errors ${((failed * 100) / requests).toFixed(2)} %  ${(bytes / requests / 1024).toFixed(1)} KiB  CPU a request ${perRequest(all)} ms (${Object.entries(
      cpu,
    )
      .map(([name, used]) => `${name} ${perRequest(used)}`)
      .join(', ')}), the load ${perRequest(own)}`,
  );
  for (const error of errors) console.log(`    ${error}`);
}

async function bench(platform: TestPlatform): Promise<void> {
  const [members, posts, clients] = [Number(values.members), Number(values.posts), Number(values.clients)];
  const size = {
    members,
    posts,
    boards: 10,
    comments: posts * 5,
    likes: posts * 6,
    follows: members * 10,
    seed: Number(values.seed),
  };
  const community = await fill(platform, size, Math.min(SIGNED_IN, members));
  console.log(
    `${cpus().length} cores, Node ${process.version}, embedded gateway; ${members} members, ${posts} posts, ${size.comments} comments imported in ${community.importSeconds.toFixed(1)} s; ${clients} clients`,
  );
  await settle(platform, SETTLED_WITHIN_MS);
  const next = createMix(community, randomFrom(size.seed));
  await drive(platform.url, next, { clients, seconds: 5 });
  for (let round = 1; round <= Number(values.rounds); round += 1) {
    const before = cpuOf(platform);
    const own = process.cpuUsage();
    const load = await drive(platform.url, next, { clients, seconds: Number(values.seconds) });
    const { user, system } = process.cpuUsage(own);
    print(`round ${round}`, load, cpuSince(platform, before), (user + system) / 1e6);
  }
  const memory = Object.entries(pidsOf(platform)).map(([name, pid]) => [name, memoryOf(pid) / 1024 / 1024] as const);
  console.log(
    `memory     ${memory.map(([name, mebibytes]) => `${name} ${mebibytes.toFixed(0)} MiB`).join(', ')}; all ${memory.reduce((sum, [, mebibytes]) => sum + mebibytes, 0).toFixed(0)} MiB`,
  );
}

if (values.help) console.log(HELP);
else {
  await using platform = await startPlatform({ args: ['--production'] });
  await bench(platform);
}
