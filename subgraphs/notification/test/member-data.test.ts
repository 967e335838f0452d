import { newId } from '@community/kit/ids';
import { until } from '@community/testing/wait';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { auth, content, type Harness, startNotification, user } from './support.ts';

let notifications: Harness;
beforeAll(async () => {
  notifications = await startNotification();
});
afterAll(() => notifications[Symbol.asyncDispose]());

async function receipt(requestId: string): Promise<Record<string, number>> {
  return until(async () => {
    const { rows } = await notifications.domain.log.query(
      "SELECT value->'data'->'items' AS items FROM log.record WHERE topic = 'notification' AND key = $1",
      [requestId],
    );
    return rows[0]?.items;
  }, 'a receipt');
}

it('is exported to the member: her inbox and preferences, and nobody else’s', async () => {
  const [member, other] = [notifications.member(), notifications.member()];
  const [postId, requestId] = [newId(), newId()];
  await notifications.tell(
    user.created(member.id, 'mina_k', 'ko'),
    content.liked(postId, member.id, newId()),
    content.liked(newId(), other.id, newId()),
  );
  await notifications.tell(auth.memberData('export', requestId, member.id));
  expect(await receipt(requestId)).toEqual({ preferences: 1, devices: 0, notifications: 1 });
  const { body } = await notifications.domain.internal('member-data', { requestId });
  expect(body).toEqual({
    sections: {
      devices: [],
      preferences: [expect.objectContaining({ language: 'ko', digest: 'OFF' })],
      notifications: [expect.objectContaining({ kind: 'LIKE', targetId: postId, actorCount: 1 })],
    },
  });
});

it('is erased with the member, and what she did is gone from the inboxes of others', async () => {
  const [leaver, author] = [notifications.member(), notifications.member()];
  const [postId, other, requestId] = [newId(), newId(), newId()];
  await notifications.tell(
    user.created(leaver.id, 'leaver', 'en'),
    content.liked(newId(), leaver.id, author.id),
    content.liked(postId, author.id, leaver.id),
    content.liked(postId, author.id, other),
    user.followed(leaver.id, author.id),
    user.blocked(leaver.id, newId()),
  );
  await notifications.tell(auth.memberData('erasure', requestId, leaver.id));
  expect(await receipt(requestId)).toEqual({ notifications: 1, devices: 0, acts: 2 });
  await until(
    async () => (await notifications.lines(author)).join() === `LIKE 1 ${postId}`,
    "her acts being gone from the other's inbox",
  );
  const { rows } = await notifications.domain.database.query(
    `SELECT (SELECT count(*) FROM member WHERE id = $1) + (SELECT count(*) FROM notification WHERE recipient_id = $1)
      + (SELECT count(*) FROM act WHERE actor_id = $1 OR recipient_id = $1) + (SELECT count(*) FROM change WHERE recipient_id = $1)
      + (SELECT count(*) FROM member_block WHERE blocker_id = $1) AS left`,
    [leaver.id],
  );
  expect(rows).toEqual([{ left: '0' }]);
});
