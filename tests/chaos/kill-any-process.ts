import { parseArgs } from 'node:util';
import { until } from '@community/testing/wait';
import pg from 'pg';
import { type Client, createClient, type SignedIn } from '../graph/client.ts';
import * as operations from '../graph/generated/operations.ts';
import { startPlatform, type TestPlatform } from '../platform.ts';

const HELP = `Kills processes of the platform at random while members write, and checks that nothing acknowledged is lost.

  npm run chaos -- [--times 20] [--seed 1] [--writers 6]`;

const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '20' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
    writers: { type: 'string', default: '6' },
    help: { type: 'boolean', default: false },
  },
});

/** What was acknowledged, and must be there at the end. */
interface Acknowledged {
  readonly members: SignedIn[];
  readonly posts: Set<string>;
  readonly comments: Map<string, string>;
  readonly likes: Map<string, Set<string>>;
  failed: number;
}

/** A small random generator (mulberry32), so that a run can be repeated from its seed. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const pick = <T>(random: () => number, list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;

/** Writes until told to stop; remembers only what was answered by a success. */
async function write(
  client: Client,
  boardId: string,
  done: Acknowledged,
  random: () => number,
  running: () => boolean,
): Promise<void> {
  while (running()) {
    try {
      const choice = random();
      if (choice < 0.1 || done.members.length < 3) {
        done.members.push(await client.signUp());
        continue;
      }
      const member = pick(random, done.members);
      if (choice < 0.4 || done.posts.size === 0) {
        const { data } = await client.send(
          operations.CreatePostDocument,
          { input: { boardId, title: 'Chaos', body: 'written while something dies' } },
          member,
        );
        if (data?.createPost?.__typename === 'CreatePostSuccess') done.posts.add(data.createPost.post.id);
        else done.failed += 1;
        continue;
      }
      const postId = pick(random, [...done.posts]);
      if (choice < 0.7) {
        const { data } = await client.send(
          operations.CreateCommentDocument,
          { input: { postId, body: 'so is this' } },
          member,
        );
        if (data?.createComment?.__typename === 'CreateCommentSuccess')
          done.comments.set(data.createComment.comment.id, postId);
        else done.failed += 1;
      } else {
        const { data } = await client.send(operations.LikePostDocument, { input: { postId } }, member);
        if (data?.likePost?.__typename === 'LikePostSuccess')
          done.likes.set(postId, (done.likes.get(postId) ?? new Set()).add(member.id));
        else done.failed += 1;
      }
    } catch {
      // No answer is no acknowledgement. A pause, since a dead gateway refuses at once.
      done.failed += 1;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

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

function databaseUrls(platform: TestPlatform): Record<string, string> {
  const variables = Object.values(platform.runtime().services).flatMap(({ env }) => Object.entries(env));
  return Object.fromEntries(
    variables.flatMap(([name, value]) =>
      name.startsWith('DATABASE_URL_') ? [[name.slice(13).toLowerCase(), value]] : [],
    ),
  );
}

async function queryOn<Row extends pg.QueryResultRow>(
  url: string,
  text: string,
  parameters: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text, parameters)).rows;
  } finally {
    await client.end();
  }
}

/** @returns what was lost, one line each */
async function findLosses(platform: TestPlatform, done: Acknowledged): Promise<string[]> {
  const urls = databaseUrls(platform);
  const losses: string[] = [];
  const missing = async (domain: string, table: string, ids: readonly string[]) => {
    const rows = await queryOn<{ id: string }>(
      urls[domain] ?? '',
      `SELECT wanted.id FROM unnest($1::uuid[]) AS wanted (id) WHERE NOT EXISTS (SELECT 1 FROM ${table} WHERE ${table}.id = wanted.id)`,
      [ids],
    );
    for (const { id } of rows) losses.push(`${table} ${id} was acknowledged and is gone`);
  };
  const members = done.members.map(({ id }) => id);
  await missing('auth', 'account', members);
  await missing('user', 'profile', members);
  await missing('content', 'post', [...done.posts]);
  await missing('content', 'comment', [...done.comments.keys()]);
  for (const [postId, likers] of done.likes) {
    const rows = await queryOn<{ member_id: string }>(
      urls.content ?? '',
      'SELECT member_id FROM post_like WHERE post_id = $1',
      [postId],
    );
    const found = new Set(rows.map((row) => row.member_id));
    for (const liker of likers)
      if (!found.has(liker)) losses.push(`the like of ${postId} by ${liker} was acknowledged and is gone`);
  }
  const wrong = await queryOn<{ id: string }>(
    urls.content ?? '',
    'SELECT id FROM post WHERE like_count <> (SELECT count(*) FROM post_like WHERE post_id = post.id) OR comment_count <> (SELECT count(*) FROM comment WHERE post_id = post.id)',
  );
  for (const { id } of wrong) losses.push(`the counters of post ${id} do not agree with what they count`);
  const reserved = await queryOn<{ id: string }>(
    urls.user ?? '',
    "SELECT id FROM profile WHERE id = ANY($1::uuid[]) AND status <> 'ACTIVE'",
    [members],
  );
  for (const { id } of reserved) losses.push(`user was never told of account ${id}`);
  for (const domain of ['auth', 'user', 'content']) {
    const letters = await queryOn<{ reason: string }>(urls[domain] ?? '', 'SELECT reason FROM events.dead_letter');
    for (const { reason } of letters) losses.push(`${domain} set an event aside: ${reason}`);
  }
  return losses;
}

/** Waits until no event is on its way any more. */
async function settle(platform: TestPlatform): Promise<void> {
  const urls = databaseUrls(platform);
  await until(
    async () => {
      for (const domain of ['auth', 'user', 'content']) {
        const [outbox] = await queryOn<{ waiting: number }>(
          urls[domain] ?? '',
          'SELECT count(*)::int AS waiting FROM events.outbox',
        );
        if (outbox?.waiting !== 0) return false;
      }
      const [lag] = await queryOn<{ lag: number }>(
        urls.events ?? '',
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
  const boss = await client.signUp({ email: platform.administrator });
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
  await settle(platform);
  const losses = await findLosses(platform, done);
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
