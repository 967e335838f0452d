import { cpus } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { readArguments } from '@community/kit/command';
import { forEach } from '@community/testing/for-each';
import type { SignedIn } from '../../tests/graph/client.ts';
import { startPlatform, type TestPlatform } from '../../tests/platform.ts';
import { cpuOf, cpuSince, routerPids, settle } from '../processes.ts';
import { cpuSecondsOf, memoryOf, quantile } from '../usage.ts';
import { type Community, createCommunity, type Room } from './community.ts';
import { type Swarm, startSwarm } from './swarm.ts';
import type { Subscriber } from './swarm-process.ts';

const HELP = `Measures live delivery over the whole platform: members in rooms, messages that are kept before they are delivered,
each event joined with its author's profile by the gateway.

  npm run bench:live -- [--members 1000] [--rooms 50] [--rate 100] [--seconds 15] [--most-sockets 12000]
                        [--router gateway|hive-router]

Prints, for rooms of twenty and for one room of all: deliveries a second, latency, what was lost or doubled, CPU a delivery;
the one room and the rooms with growing rates, and growing numbers of active subscribers, for as long as they hold (99 % under 250 ms, none lost).`;

const LIMIT_MS = 250;
const SETTLED_WITHIN_MS = 120_000;
const INBOX = 'subscription Inbox { notificationChanged { __typename } }';
const DOCUMENT = 'subscription Room($grant: String!) { messageAdded(grant: $grant) { number body sender { handle } } }';

const { values } = readArguments({
  options: {
    members: { type: 'string', default: '1000' },
    rooms: { type: 'string', default: '50' },
    rate: { type: 'string', default: '100' },
    seconds: { type: 'string', default: '15' },
    'most-sockets': { type: 'string', default: '12000' },
    router: { type: 'string', default: 'gateway' },
    help: { type: 'boolean', default: false },
  },
});

interface Figures {
  readonly refused: number;
  readonly delivered: number;
  readonly expected: number;
  readonly lost: number;
  readonly doubled: number;
  readonly p50: number;
  readonly p99: number;
  readonly seconds: number;
  readonly cpu: Record<string, number>;
  readonly errors: readonly string[];
}

const holds = ({ p99, lost, doubled, delivered, expected, refused, errors }: Figures): boolean =>
  p99 < LIMIT_MS && lost === 0 && doubled === 0 && refused === 0 && delivered === expected && errors.length === 0;

/** Sends at a steady rate over all rooms, then waits for the last deliveries. @param per sockets that listen to a room */
async function measure(
  platform: TestPlatform,
  community: Community,
  swarm: Swarm,
  rooms: readonly Room[],
  rate: number,
  seconds: number,
  per: (room: Room) => number,
): Promise<Figures> {
  await swarm.report();
  const before = cpuOf(platform);
  const start = performance.now();
  const results: Promise<string | null>[] = [];
  const expecting: number[] = [];
  for (let index = 0; index < rate * seconds; index += 1) {
    const wait = start + (index * 1_000) / rate - performance.now();
    if (wait > 0) await setTimeout(wait);
    const room = rooms[index % rooms.length] as Room;
    const sender = room.members[Math.floor(index / rooms.length) % room.members.length] as SignedIn;
    expecting.push(per(room));
    results.push(community.send(room, sender));
  }
  const answers = await Promise.all(results);
  const refusals = answers.filter((refusal) => refusal !== null);
  // Of what was not acknowledged nothing was promised.
  const expected = answers.reduce((sum, refusal, index) => sum + (refusal === null ? (expecting[index] ?? 0) : 0), 0);
  const elapsed = (performance.now() - start) / 1_000;
  let report = await swarm.report();
  let [delivered, latencies] = [report.delivered, [...report.latencies]];
  let [lost, doubled] = [report.lost, report.doubled];
  const errors = new Set([...refusals, ...report.errors]);
  for (let pause = 0; pause < 20 && delivered < expected; pause += 1) {
    await setTimeout(100);
    report = await swarm.report();
    delivered += report.delivered;
    lost += report.lost;
    doubled += report.doubled;
    latencies = latencies.concat(report.latencies);
    for (const error of report.errors) errors.add(error);
  }
  return {
    refused: refusals.length,
    delivered,
    expected,
    lost,
    doubled,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    seconds: elapsed,
    cpu: cpuSince(platform, before),
    errors: [...errors],
  };
}

function print(what: string, figures: Figures): void {
  const { delivered, expected, seconds, p50, p99, lost, doubled, refused, cpu, errors } = figures;
  const micros = (used: number) => ((used * 1e6) / Math.max(1, delivered)).toFixed(0);
  const all = Object.values(cpu).reduce((sum, used) => sum + used, 0);
  console.log(
    `${what.padEnd(44)} ${(delivered / seconds).toFixed(0).padStart(6)}/s  p50 ${p50.toFixed(0).padStart(4)} ms  p99 ${p99.toFixed(0).padStart(5)} ms  lost ${lost + Math.max(0, expected - delivered - lost)}, doubled ${doubled}, refused ${refused}  ${micros(all).padStart(4)} µs a delivery (${Object.entries(
      cpu,
    )
      .map(([name, used]) => `${name} ${micros(used)}`)
      .join(', ')})${holds(figures) ? '' : '   DOES NOT HOLD'}`,
  );
  for (const error of errors.slice(0, 3)) console.log(`    ${error}`);
}

/** Subscribers to rooms, `sockets` in all, by the grants of the rooms' members. */
async function subscribersOf(community: Community, rooms: readonly Room[], sockets: number): Promise<Subscriber[]> {
  await community.renew();
  const places = Array.from({ length: sockets }, (_, index) => {
    const room = rooms[index % rooms.length] as Room;
    return { room, member: room.members[Math.floor(index / rooms.length) % room.members.length] as SignedIn };
  });
  const grants = new Map<string, Promise<string>>();
  return forEach(places, async ({ room, member }) => {
    const key = `${room.id} ${member.id}`;
    const grant = grants.get(key) ?? community.grantOf(room, member);
    grants.set(key, grant);
    return { query: DOCUMENT, variables: { grant: await grant } };
  });
}

/** Streams of each member's own, which nobody shares. */
const inboxesOf = (community: Community, hall: Room): Subscriber[] =>
  hall.members.map((member) => ({ query: INBOX, variables: {}, token: community.tokenOf(member) }));

const socketUrl = (platform: TestPlatform) => `${platform.url.replace('http', 'ws')}/graphql`;

async function withSwarm<Result>(
  platform: TestPlatform,
  subscribers: readonly (Subscriber | null)[],
  work: (swarm: Swarm) => Promise<Result>,
): Promise<Result> {
  const swarm = await startSwarm({ url: socketUrl(platform), subscribers, field: 'messageAdded' });
  try {
    return await work(swarm);
  } finally {
    await swarm.stop();
  }
}

/** Memory and CPU of sockets that only wait: growing numbers, against a router that has had none yet. */
async function idle(platform: TestPlatform, community: Community, hall: Room): Promise<void> {
  const sum = (of: (pid: number) => number) => routerPids(platform).reduce((total, pid) => total + of(pid), 0);
  const memory = sum(memoryOf);
  for (const kind of ['inboxes', 'sockets', 'subscribers'] as const) {
    const most = kind === 'inboxes' ? hall.members.length : Number(values['most-sockets']);
    for (let sockets = hall.members.length; sockets <= most; sockets *= 2) {
      const subscribers =
        kind === 'sockets'
          ? Array.from({ length: sockets }, () => null)
          : kind === 'inboxes'
            ? inboxesOf(community, hall)
            : await subscribersOf(community, [hall], sockets);
      await withSwarm(platform, subscribers, async () => {
        const cpu = sum(cpuSecondsOf);
        await setTimeout(5_000);
        console.log(
          `D ${`${sockets} idle ${kind}`.padEnd(42)} ${((sum(memoryOf) - memory) / sockets / 1024).toFixed(1)} KiB each in the router, ${(((sum(cpuSecondsOf) - cpu) / 5) * 100).toFixed(1)} % of a core`,
        );
      });
    }
  }
}

async function bench(platform: TestPlatform): Promise<void> {
  const community = createCommunity(platform.url);
  const seconds = Number(values.seconds);
  const rate = Number(values.rate);
  const count = Number(values.members);
  console.log(
    `${cpus().length} cores, Node ${process.version}, router ${values.router}; ${count} members, ${values.rooms} rooms`,
  );
  const members = await community.signUp(count, (done) => {
    if (done % 200 === 0) console.log(`… ${done} of ${count} members`);
  });
  const rooms = await forEach(
    Array.from({ length: Number(values.rooms) }),
    (_, index) =>
      community.makeRoom(
        `Room ${index}`,
        members.filter((__, place) => place % Number(values.rooms) === index),
      ),
    2,
  );
  await community.renew();
  const hall = await community.makeRoom('Hall', members);
  await settle(platform, SETTLED_WITHIN_MS);
  console.log('… rooms are there');

  const perRoom = (sockets: number, all: readonly Room[]) => (room: Room) =>
    Math.floor(sockets / all.length) + (all.indexOf(room) < sockets % all.length ? 1 : 0);
  const inRooms = (sockets: number, messages: number, time = seconds) =>
    subscribersOf(community, rooms, sockets).then((subscribers) =>
      withSwarm(platform, subscribers, (swarm) =>
        measure(platform, community, swarm, rooms, messages, time, perRoom(sockets, rooms)),
      ),
    );

  await idle(platform, community, hall);
  // The first messages run code that has never run.
  await inRooms(count, rate, 3);
  print(`A ${values.rooms} rooms, ${count} subscribers, ${rate} messages/s`, await inRooms(count, rate));
  const inHall = (messages: number) =>
    subscribersOf(community, [hall], count).then((subscribers) =>
      withSwarm(platform, subscribers, (swarm) =>
        measure(platform, community, swarm, [hall], messages, seconds, () => count),
      ),
    );
  for (let messages = Math.max(1, rate / 10); messages <= rate; messages += Math.max(1, rate / 20)) {
    const figures = await inHall(messages);
    print(`B one room of ${count}, ${messages} messages/s`, figures);
    if (!holds(figures)) break;
  }

  for (let messages = rate * 2; messages <= rate * 64; messages *= 2) {
    const figures = await inRooms(count, messages, Math.min(seconds, 10));
    print(`C ${messages} messages/s to the same rooms`, figures);
    if (!holds(figures)) break;
  }
  for (let sockets = count * 2; sockets <= Number(values['most-sockets']); sockets *= 2) {
    const figures = await inRooms(sockets, rate, Math.min(seconds, 10));
    print(`C ${sockets} active subscribers, ${rate} messages/s`, figures);
    if (!holds(figures)) break;
  }
}

if (values.help) console.log(HELP);
else {
  await using platform = await startPlatform({ args: ['--production', '--router', values.router] });
  await bench(platform);
}
