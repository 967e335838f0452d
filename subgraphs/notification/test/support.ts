import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { EventBus } from '@community/events/bus';
import { createBus } from '@community/events/create-bus';
import { newId } from '@community/kit/ids';
import { createPublicAgent } from '@community/kit/public-network';
import { type ParsedMail, parseMail } from '@community/mail/testing';
import { startDomain, type TestDomain } from '@community/testing/domain';
import type { TestMember } from '@community/testing/member-key';
import { until } from '@community/testing/wait';
import webPush from 'web-push';
import { defineNotification } from '../src/notification.ts';
import { serveAuth } from './auth.ts';

/** An event as its owner would emit it; the events of one aggregate are numbered by the harness. */
export interface Told {
  readonly topic: 'auth' | 'user' | 'content' | 'chat';
  readonly type: string;
  readonly subject: string;
  readonly data: object;
  /** Of what was imported. */
  readonly importedtime?: string;
}

export interface Inbox {
  readonly unreadNotificationCount: number;
  readonly notifications: {
    readonly edges: { readonly cursor: string; readonly node: NotificationNode }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

export interface NotificationNode {
  readonly id: string;
  readonly kind: string;
  readonly reason: string | null;
  readonly actors: { readonly id: string }[];
  readonly actorCount: number;
  readonly target: { readonly __typename: string; readonly id: string };
  readonly readAt: string | null;
}

const INBOX = `query($first: Int, $after: String, $unreadOnly: Boolean, $kinds: [NotificationKind!]) { viewer {
  unreadNotificationCount
  notifications(first: $first, after: $after, unreadOnly: $unreadOnly, kinds: $kinds) {
    edges { cursor node { id kind reason actors { id } actorCount target { __typename ... on Post { id } ... on Comment { id } ... on User { id } ... on Room { id } } readAt } }
    pageInfo { hasNextPage endCursor }
  } } }`;

/** The notification domain, and the others as far as it hears of them. */
export async function startNotification({ pushAgent = createPublicAgent() } = {}) {
  const mailFolder = await mkdtemp(path.join(tmpdir(), 'notification-mail-'));
  const emails = new Map<string, string>();
  const links = new Map<string, string>();
  const auth = await serveAuth({ jwks: () => domain.keys.jwks, emails, links });
  const domain: TestDomain = await startDomain(defineNotification(pushAgent), {
    SUBGRAPH_URL_AUTH: auth.url,
    MAIL_DIR: mailFolder,
    PUBLIC_URL: 'https://community.example',
    VAPID_PRIVATE_KEY: webPush.generateVAPIDKeys().privateKey,
  });
  const quiet = { info() {}, warn() {}, error() {} };
  const bus: EventBus = createBus({ url: domain.env.DATABASE_URL_EVENTS ?? '', log: quiet });
  const versions = new Map<string, number>();
  let clock = 0;

  function envelope({ topic, type, subject, data, importedtime }: Told) {
    const version = (versions.get(subject) ?? 0) + 1;
    versions.set(subject, version);
    // No two events at the same moment, so that which is the latest is certain.
    clock = Math.max(clock + 1, Date.now());
    return {
      ...{ specversion: '1.0', id: newId(), source: `/community/${topic}`, type, time: new Date(clock).toISOString() },
      ...{ subject, datacontenttype: 'application/json', schemaversion: 1, aggregateversion: version, data },
      importedtime,
    };
  }

  async function waiting(): Promise<number> {
    const { rows } = await domain.database.query(
      'SELECT (SELECT count(*) FROM pending_act)::int + (SELECT count(*) FROM room_round WHERE due_at IS NOT NULL)::int AS n',
    );
    return rows[0].n;
  }

  const harness = {
    domain,
    query: domain.query,
    member: () => domain.keys.member(),
    /** What auth answers: addresses by account, and links by verification. */
    emails,
    links,

    /** The mails that were sent to an address, the oldest first. */
    async mailsTo(address: string): Promise<ParsedMail[]> {
      const files = (await readdir(mailFolder)).filter((file) => file.endsWith('.eml')).sort();
      const mails = await Promise.all(
        files.map(async (file) => parseMail(await readFile(path.join(mailFolder, file), 'utf8'))),
      );
      return mails.filter((mail) => mail.headers.to === address);
    },

    /** Puts events into the log in order, and waits until they are handled and merged into the inboxes. */
    async tell(...events: Told[]): Promise<void> {
      const envelopes = events.map((event) => ({ topic: event.topic, value: envelope(event) }));
      for (const { topic, value } of envelopes) await bus.append(topic, [{ key: value.subject, value }]);
      const ids = envelopes.map(({ value }) => value.id);
      await until(async () => {
        const { rows } = await domain.database.query(
          'SELECT count(*)::int AS n FROM events.inbox WHERE event_id = ANY($1::uuid[])',
          [ids],
        );
        return rows[0].n === ids.length;
      }, 'the events being handled');
      await until(async () => (await waiting()) === 0, 'the inboxes being merged');
    },

    /** Whether an event was handled. */
    async handled(id: string): Promise<boolean> {
      return (await domain.database.query('SELECT FROM events.inbox WHERE event_id = $1', [id])).rowCount === 1;
    },

    /** Has all jobs done now that are to be done later. */
    async jobsNow(): Promise<void> {
      await domain.database.query('UPDATE graphile_worker._private_jobs SET run_at = now() WHERE run_at > now()');
      await domain.database.query('SELECT pg_notify(\'jobs:insert\', \'{"r":0,"count":1}\')');
    },

    /** Has a job without a payload done. */
    async startJob(task: string): Promise<void> {
      await domain.database.query('SELECT graphile_worker.add_job($1)', [task]);
    },

    /** Whether nothing is left to do now. */
    async jobsDone(): Promise<boolean> {
      const { rows } = await domain.database.query('SELECT FROM graphile_worker.jobs WHERE run_at <= now()');
      return rows.length === 0;
    },

    /** Appends many events of a topic at once, without waiting. @returns their ids */
    async flood(events: readonly Told[]): Promise<string[]> {
      const values = events.map(envelope);
      for (let i = 0; i < values.length; i += 500)
        await bus.append(
          events[0]?.topic ?? '',
          values.slice(i, i + 500).map((value) => ({ key: value.subject, value })),
        );
      return values.map((value) => value.id);
    },

    async inbox(member: TestMember, variables: object = {}): Promise<Inbox> {
      const { data, errors } = await domain.query<{ viewer: Inbox }>(INBOX, variables, member);
      if (errors) throw new Error(JSON.stringify(errors));
      return data.viewer;
    },

    /** The inbox as lines: kind, number of actors and target. */
    async lines(member: TestMember, variables: object = {}): Promise<string[]> {
      return (await harness.inbox(member, variables)).notifications.edges.map(
        ({ node }) => `${node.readAt ? 'read ' : ''}${node.kind} ${node.actorCount} ${node.target.id}`,
      );
    },

    async [Symbol.asyncDispose]() {
      await bus.close();
      await domain[Symbol.asyncDispose]();
      await auth.close();
      await rm(mailFolder, { recursive: true, force: true });
    },
  };
  return harness;
}

export type Harness = Awaited<ReturnType<typeof startNotification>>;

/** What content tells. */
export const content = {
  published: (postId: string, authorId: string, mentionedIds: readonly string[]): Told => ({
    topic: 'content',
    type: 'post.published',
    subject: postId,
    data: { postId, boardId: newId(), authorId, language: 'en', mentionedIds },
  }),
  liked: (postId: string, authorId: string, memberId: string, type = 'post.liked'): Told => ({
    topic: 'content',
    type,
    subject: postId,
    data: { postId, authorId, memberId },
  }),
  commentLiked: (commentId: string, authorId: string, memberId: string, type = 'comment.liked'): Told => ({
    topic: 'content',
    type,
    subject: commentId,
    data: { commentId, authorId, memberId },
  }),
  commented: (comment: {
    commentId: string;
    postId: string;
    authorId: string;
    postAuthorId: string;
    parentId?: string;
    parentAuthorId?: string;
    mentionedIds?: readonly string[];
  }): Told => ({
    topic: 'content',
    type: 'comment.created',
    subject: comment.commentId,
    data: { parentId: null, parentAuthorId: null, ...comment },
  }),
  commentDeleted: (
    comment: { commentId: string; postId: string; authorId: string },
    by: 'author' | 'moderator',
  ): Told => ({
    topic: 'content',
    type: 'comment.deleted',
    subject: comment.commentId,
    data: { parentId: null, ...comment, by },
  }),
  postDeleted: (postId: string, authorId: string, by: 'author' | 'moderator'): Told => ({
    topic: 'content',
    type: 'post.deleted',
    subject: postId,
    data: { postId, boardId: newId(), authorId, by },
  }),
};

/** What user tells. */
export const user = {
  created: (userId: string, handle: string, language: string): Told =>
    fromUser('user.created', userId, { userId, handle, language }),
  followed: (followerId: string, followeeId: string, type = 'user.followed'): Told => ({
    topic: 'user',
    type,
    subject: followerId,
    data: { followerId, followeeId },
  }),
  muted: (muterId: string, mutedId: string, type = 'user.muted'): Told => fromUser(type, muterId, { muterId, mutedId }),
  blocked: (blockerId: string, blockedId: string, type = 'user.blocked'): Told => ({
    topic: 'user',
    type,
    subject: blockerId,
    data: { blockerId, blockedId },
  }),
};

const fromUser = (type: string, userId: string, data: object): Told => ({ topic: 'user', type, subject: userId, data });
const fromAuth = (type: string, subject: string, data: object): Told => ({ topic: 'auth', type, subject, data });
const ofRoom = (type: string, roomId: string, data: object): Told => ({
  topic: 'chat',
  type,
  subject: roomId,
  data: { roomId, ...data },
});

/** What auth tells. */
export const auth = {
  created: (accountId: string) => fromAuth('account.created', accountId, { accountId, handle: 'h', language: 'ko' }),
  rolesChanged: (accountId: string) =>
    fromAuth('account.roles_changed', accountId, { accountId, roles: ['MEMBER', 'MODERATOR'] }),
  closed: (accountId: string) => fromAuth('account.closed', accountId, { accountId, reason: 'CLOSED_BY_MEMBER' }),
  memberData: (kind: 'export' | 'erasure', requestId: string, memberId: string) =>
    fromAuth(`member_data.${kind}_requested`, requestId, { requestId, memberId, domains: ['notification'] }),
  welcomeRequested: (accountId: string, sagaId: string, language: string) =>
    fromAuth('welcome.requested', sagaId, { accountId, sagaId, language }),
  verificationRequested: (accountId: string, verificationId: string) =>
    fromAuth('account.email_verification_requested', accountId, { accountId, verificationId }),
  passwordResetRequested: (accountId: string, resetId: string) =>
    fromAuth('account.password_reset_requested', accountId, { accountId, resetId }),
  securityChanged: (accountId: string, change: string) =>
    fromAuth('account.security_changed', accountId, { accountId, change }),
  sessionRevoked: (sessionId: string, accountId: string) =>
    fromAuth('session.revoked', sessionId, { sessionId, accountId, reason: 'SIGNED_OUT' }),
};

/** What chat tells. */
export const chat = {
  joined: (roomId: string, memberId: string, level = 'ALL') =>
    ofRoom('room.member_joined', roomId, { memberId, kind: 'GROUP', role: 'MEMBER', level }),
  left: (roomId: string, memberId: string) => ofRoom('room.member_left', roomId, { memberId, reason: 'LEFT' }),
  level: (roomId: string, memberId: string, level: string) => ofRoom('room.level_changed', roomId, { memberId, level }),
  invited: (roomId: string, memberId: string, invitedBy: string) =>
    ofRoom('room.invited', roomId, { memberId, invitedBy }),
  sent: (roomId: string, number: number, senderId: string, mentionedIds: readonly string[] = []) =>
    ofRoom('message.sent', roomId, {
      ...{ messageId: newId(), number, senderId, mentionedIds },
      ...{ roomKind: 'GROUP', replyToSenderId: null },
    }),
  snapshot: (roomId: string, members: readonly { memberId: string; level: string; readNumber: number }[]) =>
    ofRoom('room.snapshot', roomId, {
      ...{ kind: 'GROUP', messageNumber: Math.max(...members.map(({ readNumber }) => readNumber)) },
      members: members.map((member) => ({ ...member, role: 'MEMBER' })),
    }),
  read: (roomId: string, memberId: string, number: number): Told => ({
    topic: 'chat',
    type: 'message.read',
    subject: `${memberId}:${roomId}`,
    data: { roomId, memberId, number },
  }),
};
