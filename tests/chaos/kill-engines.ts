import { setTimeout } from 'node:timers/promises';
import { createKafkaBus } from '@community/events/kafka/kafka-bus';
import { randomFrom } from '@community/import/generate/random';
import { readArguments } from '@community/kit/command';
import { until } from '@community/testing/wait';
import { type ComposedPlatform, startComposed } from '../composed/composed-platform.ts';
import { signUpAdministrator } from '../graph/administrator.ts';
import { createClient } from '../graph/client.ts';
import * as operations from '../graph/generated/operations.ts';
import { type DatabaseUrls, deadLetters, outboxesEmpty } from '../traffic/databases.ts';
import { findLikeFaults } from '../traffic/like-notifications.ts';
import { type Acknowledged, findLosses, write } from '../traffic/posts.ts';
import { findRoomFaults, followRoom, openRoom, talk } from '../traffic/rooms.ts';

const HELP = `Runs the platform as docker-compose.yml does, on a real Kafka and a real Redis, and kills each process, the broker and
Redis in turn under traffic: members write, talk, and follow their rooms. Nothing acknowledged may be lost, nothing may have
two effects, and every follower is shown every message once, in order.

  npm run chaos:engines -- [--seconds 300] [--seed 1] [--instances 1]`;

const { values } = readArguments({
  options: {
    seconds: { type: 'string', default: '300' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
    instances: { type: 'string', default: '1' },
    help: { type: 'boolean', default: false },
  },
});

/** What can be killed, and how it comes back. */
function victims(platform: ComposedPlatform, random: () => number): [name: string, kill: () => Promise<void>][] {
  const processes = platform.services
    .filter((name) => name !== 'registry')
    .map((name): [string, () => Promise<void>] => [
      name,
      async () => {
        const all = platform.instances(name);
        const victim = all[Math.floor(random() * all.length)];
        await victim?.kill();
        victim?.start();
        await victim?.ready();
      },
    ]);
  const engines = (['kafka', 'redis'] as const).map((name): [string, () => Promise<void>] => [
    name,
    async () => {
      await platform[name].kill();
      await platform[name].restart();
    },
  ]);
  return [...processes, ...engines];
}

/** Waits until no event is on its way any more. */
async function settle(platform: ComposedPlatform, urls: DatabaseUrls): Promise<void> {
  const log = { info() {}, warn() {}, error() {} };
  const bus = createKafkaBus({ settings: { brokers: [platform.kafka.url], ssl: false }, log });
  try {
    await until(
      async () => {
        if (!(await outboxesEmpty(urls))) return false;
        for (const group of Object.keys(urls))
          if (Object.values(await bus.lag(group)).some((lag) => lag > 0)) return false;
        return true;
      },
      'all events being delivered',
      120_000,
    );
  } finally {
    await bus.close();
  }
}

async function main(): Promise<void> {
  const [seconds, seed, instances] = [Number(values.seconds), Number(values.seed), Number(values.instances)];
  if (![seconds, seed, instances].every(Number.isInteger))
    throw new Error('--seconds, --seed and --instances are whole numbers');
  const random = randomFrom(seed);
  await using platform = await startComposed({ instances });
  const client = createClient(platform.url);
  const boss = await signUpAdministrator(client, String(platform.databaseUrls().auth));
  const board = await client.send(operations.CreateBoardDocument, { input: { slug: 'chaos', name: 'Chaos' } }, boss);
  if (board.data.createBoard.__typename !== 'CreateBoardSuccess') throw new Error(JSON.stringify(board.data));
  const boardId = board.data.createBoard.board.id;
  const friends = [boss, await client.signUp(), await client.signUp(), await client.signUp()];
  const rooms = [await openRoom(client, friends), await openRoom(client, friends.slice(0, 3))];
  for (const room of rooms) followRoom(platform.url, client, room);

  const done: Acknowledged = {
    members: [...friends],
    posts: new Set(),
    comments: new Map(),
    likes: new Map(),
    failed: 0,
  };
  let running = true;
  const traffic = [
    ...Array.from({ length: 3 }, () => write(client, boardId, done, random, () => running)),
    ...rooms.flatMap((room) => [talk(client, room, random, () => running), talk(client, room, random, () => running)]),
  ];
  const acknowledged = () =>
    done.posts.size + done.comments.size + rooms.reduce((sum, room) => sum + room.acknowledged.size, 0);
  const list = victims(platform, random);
  const end = Date.now() + seconds * 1_000;
  let kills = 0;
  for (; Date.now() < end || kills < list.length; kills += 1) {
    const [name, kill] = list[kills % list.length] as (typeof list)[number];
    const before = acknowledged();
    await until(() => acknowledged() >= before + 10, `traffic going on before ${name} is killed`, 60_000);
    const start = Date.now();
    await kill();
    const back = Date.now() - start;
    const resumed = acknowledged();
    await until(() => acknowledged() >= resumed + 10, `traffic going on after ${name} was killed`, 60_000);
    console.log(`killed ${name}: back after ${back} ms, traffic again after ${Date.now() - start} ms`);
  }
  running = false;
  await Promise.all(traffic);
  const urls = platform.databaseUrls();
  await settle(platform, urls);
  for (const room of rooms) {
    const last = Math.max(0, ...room.acknowledged.values());
    await until(
      () => room.shown.every((numbers) => numbers.at(-1) === last),
      'followers seeing the last message',
      60_000,
    )
      // What is missing is told below, by follower.
      .catch(() => {});
    for (const following of room.following) following.stop();
  }
  const faults = [...(await findLosses(urls, done)), ...(await findLikeFaults(urls)), ...(await deadLetters(urls))];
  for (const room of rooms) faults.push(...(await findRoomFaults(client, room)));
  for (const fault of faults) console.error(fault);
  console.log(
    `seed ${seed}: ${kills} kills in turn; acknowledged ${done.members.length} members, ${done.posts.size} posts, ${done.comments.size} comments, ` +
      `${rooms.reduce((sum, room) => sum + room.acknowledged.size, 0)} messages, each shown to ${rooms.map(({ shown }) => shown.length).join(' and ')} followers; ` +
      `${done.failed} requests without an acknowledgement; ${faults.length} faults`,
  );
  if (faults.length > 0) process.exitCode = 1;
  await setTimeout(0);
}

if (values.help) console.log(HELP);
else await main();
process.exit();
