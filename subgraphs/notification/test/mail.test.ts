import { newId } from '@community/kit/ids';
import { until } from '@community/testing/wait';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auth, content, type Harness, startNotification, user } from './support.ts';

let notifications: Harness;
beforeAll(async () => {
  notifications = await startNotification();
});
afterAll(() => notifications[Symbol.asyncDispose]());

/** A member with an address of her own. */
async function reachable(language: string, name = 'member') {
  const member = notifications.member();
  const email = `${name}-${member.id}@example.org`;
  notifications.emails.set(member.id, email);
  await notifications.tell(user.created(member.id, `h_${member.id.slice(-8)}`, language));
  return { ...member, email };
}

/** What this domain told of a saga. */
async function answers(sagaId: string): Promise<{ type: string; data: object }[]> {
  const { rows } = await notifications.domain.log.query(
    "SELECT value FROM log.record WHERE topic = 'notification' AND key = $1 ORDER BY record_offset",
    [sagaId],
  );
  return rows.map(({ value }) => ({ type: value.type, data: value.data }));
}

const firstMail = (address: string) =>
  until(async () => (await notifications.mailsTo(address))[0], `a mail to ${address}`, 30_000);

describe('a welcome mail', () => {
  it.each([
    ['ko', '커뮤니티에 오신 것을 환영합니다', '환영합니다!'],
    ['en', 'Welcome to the community', 'Welcome'],
  ])('is sent in %s, and the sign-up that asked is answered once', async (language, subject, words) => {
    const member = await reachable(language, 'unproved');
    const sagaId = newId();
    const request = auth.welcomeRequested(member.id, sagaId, language);
    await notifications.tell(request);
    const mail = await firstMail(member.email);
    expect(mail.headers.subject).toBe(subject);
    expect(mail.parts['text/plain']).toContain(words);
    expect(mail.parts['text/plain']).toContain('https://community.example');
    expect(mail.parts['text/html']).toContain(`<html lang="${language}">`);
    await until(async () => (await answers(sagaId)).length > 0, 'the answer');
    await notifications.tell(request);
    await until(() => notifications.jobsDone(), 'the second request being done');
    expect(await notifications.mailsTo(member.email)).toHaveLength(1);
    expect(await answers(sagaId)).toEqual([{ type: 'welcome.sent', data: { accountId: member.id, sagaId } }]);
  });

  it('that cannot be sent is refused with the reason', async () => {
    const [accountId, sagaId] = [newId(), newId()];
    await notifications.tell(auth.welcomeRequested(accountId, sagaId, 'en'));
    await until(async () => (await answers(sagaId)).length > 0, 'the answer', 30_000);
    expect(await answers(sagaId)).toEqual([
      { type: 'welcome.refused', data: { accountId, sagaId, reason: 'NO_ADDRESS' } },
    ]);
  });
});

describe('a verification mail', () => {
  it('holds the link that auth gives, and none is sent when it is not asked for any more', async () => {
    const [member, late] = [await reachable('ko', 'unproved'), await reachable('en')];
    const verificationId = newId();
    notifications.links.set(verificationId, 'https://community.example/auth/verify?token=a"b<c&d');
    await notifications.tell(auth.verificationRequested(late.id, newId()));
    await notifications.tell(auth.verificationRequested(member.id, verificationId));
    const mail = await firstMail(member.email);
    expect(mail.headers.subject).toBe('이메일 주소를 확인해 주세요');
    expect(mail.parts['text/plain']).toContain('https://community.example/auth/verify?token=a"b<c&d');
    expect(mail.parts['text/html']).toContain('token=a&quot;b&lt;c&amp;d');
    expect(await notifications.mailsTo(late.email)).toEqual([]);
  });
});

describe('a mail about how a member signs in', () => {
  it('holds the link to a new password', async () => {
    const member = await reachable('en', 'unproved');
    const resetId = newId();
    notifications.links.set(resetId, 'https://community.example/auth/reset-password?token=abc');
    await notifications.tell(auth.passwordResetRequested(member.id, resetId));
    const mail = await firstMail(member.email);
    expect(mail.headers.subject).toBe('Reset your password');
    expect(mail.parts['text/plain']).toContain('https://community.example/auth/reset-password?token=abc');
  });

  it.each([
    ['PASSWORD_CHANGED', '비밀번호가 바뀌었고'],
    ['OF_A_LATER_VERSION', '로그인 방법이 바뀌었습니다'],
  ])('says what changed: %s', async (change, words) => {
    const member = await reachable('ko', 'unproved');
    await notifications.tell(auth.securityChanged(member.id, change));
    const mail = await firstMail(member.email);
    expect(mail.headers.subject).toBe('로그인 방법이 바뀌었습니다');
    expect(mail.parts['text/plain']).toContain(words);
  });
});

describe('mails of notifications', () => {
  it('are of the kinds that the member chose, not of what she has read, and go to proved addresses only', async () => {
    const [author, reader, unproved] = [
      await reachable('ko'),
      await reachable('en'),
      await reachable('en', 'unproved'),
    ];
    const fan = await reachable('en');
    const posts = [newId(), newId(), newId()] as const;
    for (const [member, postId] of [
      [author, posts[0]],
      [reader, posts[1]],
      [unproved, posts[2]],
    ] as const) {
      await notifications.query(
        'mutation { updateNotificationPreferences(input: { kinds: [{ kind: LIKE, channels: [IN_APP, EMAIL] }], expectedVersion: 0 }) { __typename } }',
        {},
        member,
      );
      await notifications.tell(content.liked(postId, member.id, fan.id), user.followed(fan.id, member.id));
    }
    await notifications.tell(content.liked(posts[0], author.id, newId()));
    await notifications.query('mutation { markAllNotificationsRead { __typename } }', {}, reader);
    await notifications.jobsNow();
    const mail = await firstMail(author.email);
    expect(mail.headers.subject).toMatch(/님 외 1명이 회원님의 글을 좋아합니다\.$|^2명이/);
    await until(() => notifications.jobsDone(), 'the other mails being dropped');
    expect(await notifications.mailsTo(author.email)).toHaveLength(1);
    expect(await notifications.mailsTo(reader.email)).toEqual([]);
    expect(await notifications.mailsTo(unproved.email)).toEqual([]);
  });
});

describe('a digest', () => {
  it('sums up what is unread once a period, and is not sent when nothing is', async () => {
    const [member, idle] = [await reachable('en'), await reachable('ko')];
    for (const one of [member, idle])
      await notifications.query(
        'mutation { updateNotificationPreferences(input: { digest: DAILY, timeZone: "Asia/Seoul", expectedVersion: 0 }) { __typename } }',
        {},
        one,
      );
    await notifications.tell(
      ...Array.from({ length: 12 }, () => content.liked(newId(), member.id, newId())),
      user.followed(newId(), member.id),
    );
    await notifications.domain.database.query(
      "UPDATE member SET next_digest_at = date_trunc('hour', now() - interval '1 hour') WHERE id = ANY($1)",
      [[member.id, idle.id]],
    );
    for (let i = 0; i < 2; i += 1) await notifications.startJob('digests-due');
    const mail = await firstMail(member.email);
    expect(mail.headers.subject).toBe('13 unread notifications');
    expect(mail.parts['text/plain']).toContain('Somebody follows you.');
    expect(mail.parts['text/plain']).toContain('and 3 more');
    await until(() => notifications.jobsDone(), 'all digests being done');
    expect(await notifications.mailsTo(member.email)).toHaveLength(1);
    expect(await notifications.mailsTo(idle.email)).toEqual([]);
    const { rows } = await notifications.domain.database.query(
      'SELECT next_digest_at > now() AS later FROM member WHERE id = $1',
      [member.id],
    );
    expect(rows).toEqual([{ later: true }]);
  });
});

describe('the link that stops mails', () => {
  const STOP =
    'mutation($token: String!) { unsubscribeFromMail(input: { token: $token }) { __typename ... on UnsubscribeFromMailSuccess { kind } ... on Error { code } } }';
  const stop = async (token: string) =>
    (await notifications.query<{ unsubscribeFromMail: object }>(STOP, { token })).data.unsubscribeFromMail;
  const update = (member: Awaited<ReturnType<typeof reachable>>, change: string) =>
    notifications.query(
      `mutation { updateNotificationPreferences(input: { ${change}, expectedVersion: 0 }) { __typename } }`,
      {},
      member,
    );
  const tokenIn = (mail: { headers: Readonly<Record<string, string>> }) => {
    const link = /^<(https:.*)>$/.exec(mail.headers['list-unsubscribe'] ?? '')?.[1] ?? '';
    expect(new URL(link).origin + new URL(link).pathname).toBe('https://community.example/mail/unsubscribe');
    return { link, token: new URL(link).searchParams.get('token') ?? '' };
  };
  const preferences = async (member: Awaited<ReturnType<typeof reachable>>) => {
    const { data } = await notifications.query<{
      viewer: { notificationPreferences: { digest: string; kinds: { kind: string; channels: string[] }[] } };
    }>('{ viewer { notificationPreferences { digest kinds { kind channels } } } }', {}, member);
    const { digest, kinds } = data.viewer.notificationPreferences;
    return { digest, byMail: kinds.flatMap(({ kind, channels }) => (channels.includes('EMAIL') ? [kind] : [])) };
  };

  it('is in a mail of a notification, for its kind alone, and holds for the mail that was waiting', async () => {
    const [author, fan] = [await reachable('ko'), await reachable('en')];
    await update(author, 'kinds: [{ kind: LIKE, channels: [IN_APP, EMAIL] }, { kind: FOLLOW, channels: [EMAIL] }]');
    await notifications.tell(content.liked(newId(), author.id, fan.id));
    await notifications.jobsNow();
    const mail = await firstMail(author.email);
    const { link, token } = tokenIn(mail);
    expect(mail.headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click');
    expect(mail.parts['text/plain']).toContain(`이런 메일 수신 거부: ${link}`);
    expect(mail.parts['text/html']).toContain(`href="${link}"`);
    await notifications.tell(content.liked(newId(), author.id, fan.id));
    for (const _ of [1, 2])
      expect(await stop(token)).toEqual({ __typename: 'UnsubscribeFromMailSuccess', kind: 'LIKE' });
    expect((await preferences(author)).byMail).toEqual(['FOLLOW', 'MODERATION']);
    await notifications.jobsNow();
    await until(() => notifications.jobsDone(), 'the mail that waited being dropped');
    expect(await notifications.mailsTo(author.email)).toHaveLength(1);
    expect(await notifications.lines(author)).toHaveLength(2);
  });

  it('is in a digest, for digests', async () => {
    const member = await reachable('en');
    await update(member, 'digest: DAILY');
    await notifications.tell(user.followed(newId(), member.id));
    await notifications.domain.database.query(
      "UPDATE member SET next_digest_at = now() - interval '1 hour' WHERE id = $1",
      [member.id],
    );
    await notifications.startJob('digests-due');
    const { token } = tokenIn(await firstMail(member.email));
    expect(await stop(token)).toEqual({ __typename: 'UnsubscribeFromMailSuccess', kind: null });
    expect(await preferences(member)).toEqual({ digest: 'OFF', byMail: ['MODERATION'] });
  });

  it('that was changed is none, and one of a member who is gone leaves nothing behind', async () => {
    expect(await stop('abc.def')).toEqual({ __typename: 'ValidationError', code: 'INVALID_UNSUBSCRIBE_TOKEN' });
    const [gone, fan] = [await reachable('en'), await reachable('en')];
    await update(gone, 'kinds: [{ kind: LIKE, channels: [IN_APP, EMAIL] }]');
    await notifications.tell(content.liked(newId(), gone.id, fan.id));
    await notifications.jobsNow();
    const { token } = tokenIn(await firstMail(gone.email));
    await notifications.tell(auth.closed(gone.id));
    expect(await stop(token)).toMatchObject({ __typename: 'UnsubscribeFromMailSuccess' });
    expect((await notifications.domain.database.query('SELECT FROM member WHERE id = $1', [gone.id])).rowCount).toBe(0);
  });

  it('is not in mails that answer what the member did', async () => {
    const member = await reachable('en', 'unproved');
    await notifications.tell(auth.welcomeRequested(member.id, newId(), 'en'));
    expect((await firstMail(member.email)).headers['list-unsubscribe']).toBeUndefined();
  });
});
