import { createBus } from '@community/events/create-bus';
import { newId } from '@community/kit/ids';
import type { LiveStream } from '@community/testing/live-stream';
import { until } from '@community/testing/wait';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { content, type Harness, startNotification, user } from './support.ts';

let notifications: Harness;
beforeAll(async () => {
  notifications = await startNotification();
});
afterAll(() => notifications[Symbol.asyncDispose]());

const LIVE =
  'subscription($after: Int) { notificationChanged(after: $after) { number type unreadNotificationCount notification { kind actorCount target { ... on Post { id } } } } }';
const MARK_ALL = 'mutation { markAllNotificationsRead { __typename } }';

interface Live {
  notificationChanged: {
    number: number;
    type: string;
    unreadNotificationCount: number;
    notification: { kind: string; actorCount: number } | null;
  };
}

const numbers = (stream: LiveStream<Live>) => stream.received.map(({ data }) => data.notificationChanged.number);

describe('live delivery', () => {
  it('tells each change of the own inbox and of no other, with numbers without gaps', async () => {
    const [author, other] = [notifications.member(), notifications.member()];
    const [postId, fan] = [newId(), newId()];
    await using live = await notifications.domain.subscribe<Live>(LIVE, {}, author);
    await using others = await notifications.domain.subscribe<Live>(LIVE, {}, other);
    await notifications.tell(content.liked(postId, author.id, fan));
    expect((await live.next()).data.notificationChanged).toMatchObject({
      number: 1,
      type: 'CHANGED',
      unreadNotificationCount: 1,
      notification: { kind: 'LIKE', actorCount: 1, target: { id: postId } },
    });
    await notifications.query(MARK_ALL, {}, author);
    expect((await live.next()).data.notificationChanged).toEqual({
      number: 2,
      type: 'RELOAD',
      unreadNotificationCount: 0,
      notification: null,
    });
    await notifications.tell(content.liked(newId(), other.id, fan));
    expect((await others.next()).data.notificationChanged).toMatchObject({ number: 1 });
    expect(numbers(live)).toEqual([1, 2]);
  });

  it('begins after a number that the client knows: what was missed comes first, nothing is lost or doubled', async () => {
    const author = notifications.member();
    const posts = Array.from({ length: 3 }, () => newId());
    for (const postId of posts) await notifications.tell(content.liked(postId, author.id, newId()));
    await using live = await notifications.domain.subscribe<Live>(LIVE, { after: 1 }, author);
    await notifications.tell(user.followed(newId(), author.id));
    await until(() => live.received.length === 3, 'what was missed and what is new');
    expect(numbers(live)).toEqual([2, 3, 4]);
  });

  it('ends with the session, and is refused to who is not signed in', async () => {
    const author = notifications.member();
    await using anonymous = await notifications.domain.subscribe(LIVE);
    expect((await anonymous.next()).errors?.[0]?.extensions?.code).toBe('NOT_SIGNED_IN');
    await using live = await notifications.domain.subscribe<Live>(LIVE, {}, author);
    const bus = createBus({
      url: notifications.domain.env.DATABASE_URL_EVENTS ?? '',
      log: { info() {}, warn() {}, error() {} },
    });
    await bus.append('auth', [
      {
        key: author.sessionId,
        value: {
          ...{ specversion: '1.0', id: newId(), source: '/community/auth', type: 'session.revoked' },
          ...{ time: new Date().toISOString(), subject: author.sessionId, datacontenttype: 'application/json' },
          ...{ schemaversion: 1, aggregateversion: 1 },
          data: { sessionId: author.sessionId, accountId: author.id, reason: 'REVOKED' },
        },
      },
    ]);
    await bus.close();
    expect(await live.closed).toBe('complete');
    expect(live.received.at(-1)?.errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED');
  });
});

describe('a burst of likes on one post', () => {
  it('makes one notification, counted exactly, and at most one live event a second', async () => {
    const author = notifications.member();
    const postId = newId();
    const fans = Array.from({ length: 1_000 }, () => newId());
    await using live = await notifications.domain.subscribe<Live>(LIVE, {}, author);
    const start = Date.now();
    await notifications.flood([
      ...fans.map((fan) => content.liked(postId, author.id, fan)),
      ...fans.slice(0, 100).map((fan) => content.liked(postId, author.id, fan, 'post.unliked')),
      ...fans.slice(0, 50).map((fan) => content.liked(postId, author.id, fan)),
    ]);
    await until(
      async () => (await notifications.lines(author))[0] === `LIKE 950 ${postId}`,
      'every like being counted',
      60_000,
    );
    await until(
      () => live.received.at(-1)?.data.notificationChanged.notification?.actorCount === 950,
      'the last live event',
    );
    const seconds = (Date.now() - start) / 1000;
    expect(await notifications.lines(author)).toEqual([`LIKE 950 ${postId}`]);
    expect(live.received.length).toBeLessThanOrEqual(Math.ceil(seconds) + 1);
    expect(numbers(live)).toEqual(live.received.map((_, i) => i + 1));
  }, 90_000);
});
