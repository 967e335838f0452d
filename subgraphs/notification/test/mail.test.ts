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
