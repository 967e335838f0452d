import { startThrowAwayPostgres } from '@community/database/throw-away-postgres';
import { newId } from '@community/kit/ids';
import { until } from '@community/testing/wait';
import { chat, content, startNotification, type Told } from '../../subgraphs/notification/test/support.ts';
import { cpuSecondsOf } from '../usage.ts';

const ROOMS = 20;
const MEMBERS = 20;

/** What a burst of events has cost the domain that heard of it, its database included. */
export interface Burst {
  readonly events: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly statements: number;
}

/**
 * Times the notification domain at bursts, from events in the log to inboxes that tell of them: likes of as many members
 * on one post, and messages in 20 rooms of 20.
 */
export async function bursts(count: { likes: number; messages: number }): Promise<Record<string, Burst>> {
  await using server = await startThrowAwayPostgres();
  process.env.TEST_POSTGRES_URL = server.superuserUrl;
  await using notifications = await startNotification();
  const { domain } = notifications;

  const backgroundStatements = async (): Promise<number> => {
    const text = await (await fetch(`${domain.url}/metrics`)).text();
    return Number(/^database_statements_total\{source="background"\} (\d+)/m.exec(text)?.[1] ?? 0);
  };
  const countOf = async (sql: string): Promise<number> => (await domain.database.query(sql)).rows[0].n;
  const handled = () => countOf('SELECT count(*)::int AS n FROM events.inbox');
  const waiting = () =>
    countOf(
      'SELECT ((SELECT count(*) FROM pending_act) + (SELECT count(*) FROM room_round WHERE due_at IS NOT NULL))::int AS n',
    );
  const settled = async (events: number) => (await handled()) === events && (await waiting()) === 0;

  async function measure(events: readonly Told[]): Promise<Burst> {
    const before = await handled();
    await notifications.flood(events);
    const start = { at: performance.now(), cpu: cpuSecondsOf(process.pid), statements: await backgroundStatements() };
    await until(() => settled(before + events.length), 'the inboxes being merged', 600_000);
    return {
      events: events.length,
      seconds: (performance.now() - start.at) / 1000,
      cpuSeconds: cpuSecondsOf(process.pid) - start.cpu,
      statements: (await backgroundStatements()) - start.statements,
    };
  }

  const members = Array.from({ length: MEMBERS }, () => newId());
  const rooms = Array.from({ length: ROOMS }, () => newId());
  const joined = rooms.flatMap((room) => members.map((member) => chat.joined(room, member)));
  await measure(joined);
  const [author, postId] = [notifications.member(), newId()];
  const likes = Array.from({ length: count.likes }, () => content.liked(postId, author.id, newId()));
  const sender = (at: number) => members[at % MEMBERS] as string;
  const messages = Array.from({ length: count.messages }, (_, at) =>
    chat.sent(rooms[at % ROOMS] as string, 1 + Math.floor(at / ROOMS), sender(Math.floor(at / ROOMS))),
  );
  const results = { likes: await measure(likes), messages: await measure(messages) };
  const lines = await notifications.lines(author);
  if (lines.length !== 1 || lines[0] !== `LIKE ${count.likes} ${postId}`)
    throw new Error(`${count.likes} likes on one post made ${lines.join(', ')}`);
  return results;
}
