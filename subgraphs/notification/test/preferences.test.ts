import { createPool } from '@community/kit/database';
import { newId } from '@community/kit/ids';
import type { TestMember } from '@community/testing/member-key';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../src/database.ts';
import { createSweepStore } from '../src/modules/inbox/sweep.store.ts';
import { auth, content, type Harness, startNotification, user } from './support.ts';

let notifications: Harness;
beforeAll(async () => {
  notifications = await startNotification();
});
afterAll(() => notifications[Symbol.asyncDispose]());

const FIELDS = 'version digest digestHour timeZone kinds { kind channels }';
const READ = `{ viewer { notificationPreferences { ${FIELDS} } } }`;
const UPDATE = `mutation($input: UpdateNotificationPreferencesInput!) { updateNotificationPreferences(input: $input) {
  __typename ... on UpdateNotificationPreferencesSuccess { preferences { ${FIELDS} } } ... on Error { code path } } }`;

const update = async (member: TestMember | null, input: object) =>
  (await notifications.query<{ updateNotificationPreferences: object }>(UPDATE, { input }, member)).data
    .updateNotificationPreferences;

describe('preferences', () => {
  it('are quiet by default, and changed at the version that was read', async () => {
    const member = notifications.member();
    const { data } = await notifications.query(READ, {}, member);
    expect(data).toMatchObject({
      viewer: {
        notificationPreferences: {
          version: 0,
          digest: 'OFF',
          timeZone: 'UTC',
          kinds: expect.arrayContaining([
            { kind: 'LIKE', channels: ['IN_APP'] },
            { kind: 'MENTION', channels: ['IN_APP', 'PUSH'] },
          ]),
        },
      },
    });
    const change = { kinds: [{ kind: 'LIKE', channels: [] }], digest: 'WEEKLY', timeZone: 'Asia/Seoul' };
    expect(await update(member, { ...change, expectedVersion: 0 })).toMatchObject({
      preferences: {
        version: 1,
        digest: 'WEEKLY',
        digestHour: 9,
        kinds: expect.arrayContaining([{ kind: 'LIKE', channels: [] }]),
      },
    });
    expect(await update(member, { digest: 'OFF', expectedVersion: 0 })).toMatchObject({ code: 'VERSION_CONFLICT' });
    expect(await update(member, { digestHour: 7, expectedVersion: 1 })).toMatchObject({
      preferences: { version: 2, digest: 'WEEKLY', digestHour: 7, timeZone: 'Asia/Seoul' },
    });
  });

  it('keep a kind out of the inbox, its count and its changes', async () => {
    const member = notifications.member();
    const postId = newId();
    const kinds = [
      { kind: 'LIKE', channels: ['PUSH'] },
      { kind: 'FOLLOW', channels: [] },
    ];
    await update(member, { kinds, expectedVersion: 0 });
    await notifications.tell(content.liked(postId, member.id, newId()), user.followed(newId(), member.id));
    expect(await notifications.inbox(member)).toMatchObject({
      unreadNotificationCount: 0,
      notifications: { edges: [] },
    });
    const { data } = await notifications.query('{ viewer { notificationNumber } }', {}, member);
    expect(data).toEqual({ viewer: { notificationNumber: 0 } });
    await notifications.tell(
      content.commented({ commentId: newId(), postId, authorId: newId(), postAuthorId: member.id }),
    );
    expect(await notifications.lines(member)).toEqual([`COMMENT 1 ${postId}`]);
  });

  it('are refused when they make no sense, and to who is not signed in', async () => {
    const member = notifications.member();
    expect(await update(member, { timeZone: 'Mars/Olympus', expectedVersion: 0 })).toMatchObject({
      __typename: 'ValidationError',
      path: ['input', 'timeZone'],
    });
    expect(await update(member, { digestHour: 24, expectedVersion: 0 })).toMatchObject({
      path: ['input', 'digestHour'],
    });
    expect(await update(null, { digest: 'OFF', expectedVersion: 0 })).toMatchObject({ code: 'NOT_SIGNED_IN' });
  });
});

describe('retention', () => {
  it('forgets what was read long ago and old changes, and keeps the rest', async () => {
    const member = notifications.member();
    const posts = [newId(), newId(), newId()] as const;
    await notifications.tell(...posts.map((postId) => content.liked(postId, member.id, newId())));
    const age = (postId: string, days: number) =>
      notifications.domain.database.query(
        'UPDATE notification SET read_at = now() - make_interval(days => $2) WHERE recipient_id = $3 AND target_id = $1',
        [postId, days, member.id],
      );
    await age(posts[0], 91);
    await age(posts[1], 89);
    const pool = createPool(notifications.domain.env.DATABASE_URL_NOTIFICATION ?? '', 'retention');
    const { prisma } = openDatabase(pool, () => {});
    const sweep = createSweepStore(prisma);
    const days = (count: number) => new Date(Date.now() - count * 24 * 3_600_000);
    expect(await sweep.readBefore(days(90))).toBe(1);
    expect((await notifications.lines(member)).sort()).toEqual(
      [`LIKE 1 ${posts[2]}`, `read LIKE 1 ${posts[1]}`].sort(),
    );
    await notifications.domain.database.query(
      "UPDATE change SET created_at = now() - interval '8 days' WHERE recipient_id = $1 AND number = 1",
      [member.id],
    );
    expect(await sweep.changesBefore(days(7))).toBe(1);
    const { data } = await notifications.query<{ viewer: { notificationChanges: object } }>(
      '{ viewer { notificationChanges(after: 0) { complete changes { number type } } } }',
      {},
      member,
    );
    expect(data.viewer.notificationChanges).toMatchObject({ complete: false, changes: [{ number: 2 }, { number: 3 }] });
    await prisma.$disconnect();
    await pool.end();
  });
});

describe('a closed account', () => {
  it('leaves nothing here, and what its member did is gone from the inboxes of others', async () => {
    const [leaver, author] = [notifications.member(), notifications.member()];
    const [postId, other] = [newId(), newId()];
    await update(leaver, { digest: 'DAILY', expectedVersion: 0 });
    await notifications.tell(
      content.liked(newId(), leaver.id, author.id),
      content.liked(postId, author.id, leaver.id),
      content.liked(postId, author.id, other),
      user.followed(leaver.id, author.id),
      user.blocked(leaver.id, newId()),
    );
    await notifications.tell(auth.closed(leaver.id));
    expect(await notifications.lines(author)).toEqual([`LIKE 1 ${postId}`]);
    const { rows } = await notifications.domain.database.query(
      `SELECT (SELECT count(*) FROM member WHERE id = $1) + (SELECT count(*) FROM notification WHERE recipient_id = $1)
        + (SELECT count(*) FROM act WHERE actor_id = $1 OR recipient_id = $1) + (SELECT count(*) FROM change WHERE recipient_id = $1)
        + (SELECT count(*) FROM member_block WHERE blocker_id = $1) AS left`,
      [leaver.id],
    );
    expect(rows).toEqual([{ left: '0' }]);
  });
});
