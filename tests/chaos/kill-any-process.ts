import { pick, randomFrom } from '@community/import/generate/random';
import { readArguments } from '@community/kit/command';
import { until } from '@community/testing/wait';
import { signUpAdministrator } from '../graph/administrator.ts';
import { type Client, createClient, type SignedIn } from '../graph/client.ts';
import * as operations from '../graph/generated/operations.ts';
import { startPlatform, type TestPlatform } from '../platform.ts';
import { type DatabaseUrls, deadLetters, outboxesEmpty, queryOn } from '../traffic/databases.ts';
import { findLikeFaults } from '../traffic/like-notifications.ts';
import { type Acknowledged, findLosses, write } from '../traffic/posts.ts';

const HELP = `Kills processes of the platform at random while members write, and checks that nothing acknowledged is lost.

  npm run chaos -- [--times 20] [--seed 1] [--writers 6]`;

const { values } = readArguments({
  options: {
    times: { type: 'string', default: '20' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
    writers: { type: 'string', default: '6' },
    help: { type: 'boolean', default: false },
  },
});

function processes(platform: TestPlatform): [string, number][] {
  const { services, postgres } = platform.runtime();
  const known: [string, number | undefined][] = [
    ...Object.entries(services).map(([name, { pid }]): [string, number | undefined] => [name, pid]),
    ['postgres', postgres?.pid],
  ];
  return known.filter((entry): entry is [string, number] => entry[1] !== undefined);
}

/** Whether the whole graph answers. */
async function answers(client: Client, member: SignedIn): Promise<boolean> {
  const { data } = await client.send(operations.MeDocument, { postIds: [] }, member);
  return (
    data?.viewer?.account?.id === member.id &&
    data.viewer.user?.handle === member.handle &&
    Array.isArray(data.viewer.postStates)
  );
}

/** Of the domains, and of the log as `events`. */
function databaseUrls(platform: TestPlatform): { domains: DatabaseUrls; events: string } {
  const variables = Object.values(platform.runtime().services).flatMap(({ env }) => Object.entries(env));
  const {
    registry: _,
    events = '',
    ...domains
  } = Object.fromEntries(
    variables.flatMap(([name, value]) =>
      name.startsWith('DATABASE_URL_') ? [[name.slice(13).toLowerCase(), value]] : [],
    ),
  );
  return { domains, events };
}

/** Waits until no event is on its way any more. */
async function settle({ domains, events }: ReturnType<typeof databaseUrls>): Promise<void> {
  await until(
    async () => {
      if (!(await outboxesEmpty(domains))) return false;
      const [lag] = await queryOn<{ lag: number }>(
        events,
        'SELECT coalesce(sum(p.next_offset - o.next_offset), 0)::int AS lag FROM log.group_offset AS o JOIN log.partition AS p USING (topic, partition)',
      );
      return lag?.lag === 0;
    },
    'all events being delivered',
    60_000,
  );
}

async function main(): Promise<void> {
  const [times, seed, writers] = [Number(values.times), Number(values.seed), Number(values.writers)];
  if (![times, seed, writers].every(Number.isInteger))
    throw new Error('--times, --seed and --writers are whole numbers');
  const random = randomFrom(seed);
  await using platform = await startPlatform();
  const client = createClient(platform.url);
  const boss = await signUpAdministrator(client, platform.databaseUrl('auth'));
  const board = await client.send(operations.CreateBoardDocument, { input: { slug: 'chaos', name: 'Chaos' } }, boss);
  if (board.data.createBoard.__typename !== 'CreateBoardSuccess') throw new Error(JSON.stringify(board.data));
  const boardId = board.data.createBoard.board.id;

  const done: Acknowledged = { members: [boss], posts: new Set(), comments: new Map(), likes: new Map(), failed: 0 };
  let running = true;
  const writing = Array.from({ length: writers }, () => write(client, boardId, done, random, () => running));
  const back: number[] = [];
  for (let n = 1; n <= times; n += 1) {
    const before = done.posts.size + done.comments.size;
    await until(() => done.posts.size + done.comments.size >= before + 10, 'writes going on', 30_000);
    const [name, pid] = pick(random, processes(platform));
    process.kill(pid, 'SIGKILL');
    const start = Date.now();
    await until(() => !processes(platform).some(([, other]) => other === pid), `${name} being replaced`, 30_000);
    await until(() => answers(client, boss), `the graph answering after ${name} was killed`, 30_000);
    back.push(Date.now() - start);
    console.log(`${n}/${times} killed ${name}; whole again after ${back.at(-1)} ms`);
  }
  running = false;
  await Promise.all(writing);
  const urls = databaseUrls(platform);
  await settle(urls);
  const losses = [
    ...(await findLosses(urls.domains, done)),
    ...(await findLikeFaults(urls.domains)),
    ...(await deadLetters(urls.domains)),
  ];
  for (const loss of losses) console.error(loss);
  const likes = [...done.likes.values()].reduce((sum, likers) => sum + likers.size, 0);
  console.log(
    `seed ${seed}: ${times} kills; acknowledged ${done.members.length} members, ${done.posts.size} posts, ${done.comments.size} comments, ${likes} likes; ` +
      `${done.failed} requests without an acknowledgement; whole again after ${back.sort((a, b) => a - b)[Math.floor(back.length / 2)]} ms (median), ${back.at(-1)} ms (longest); ${losses.length} lost`,
  );
  if (losses.length > 0) process.exitCode = 1;
}

if (values.help) console.log(HELP);
else await main();
process.exit();
