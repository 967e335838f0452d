import type { EventBus } from '@community/events/bus';
import { createBus } from '@community/events/create-bus';
import { newId } from '@community/kit/ids';
import { startDomain, type TestDomain } from '@community/testing/domain';
import type { TestMember } from '@community/testing/member-key';
import { until } from '@community/testing/wait';
import { notification } from '../src/notification.ts';

/** An event as its owner would emit it; the events of one aggregate are numbered by the harness. */
export interface Told {
  readonly topic: 'auth' | 'user' | 'content' | 'chat';
  readonly type: string;
  readonly subject: string;
  readonly data: object;
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
    edges { cursor node { id kind reason actors { id } actorCount target { __typename ... on Post { id } ... on Comment { id } ... on User { id } } readAt } }
    pageInfo { hasNextPage endCursor }
  } } }`;

/** The notification domain, and the others as far as it hears of them. */
export async function startNotification(env: NodeJS.ProcessEnv = {}) {
  const domain: TestDomain = await startDomain(notification, env);
  const quiet = { info() {}, warn() {}, error() {} };
  const bus: EventBus = createBus({ url: domain.env.DATABASE_URL_EVENTS ?? '', log: quiet });
  const versions = new Map<string, number>();
  let clock = 0;

  function envelope({ topic, type, subject, data }: Told): { id: string; subject: string } {
    const version = (versions.get(subject) ?? 0) + 1;
    versions.set(subject, version);
    // No two events at the same moment, so that which is the latest is certain.
    clock = Math.max(clock + 1, Date.now());
    return {
      ...{ specversion: '1.0', id: newId(), source: `/community/${topic}`, type, time: new Date(clock).toISOString() },
      ...{ subject, datacontenttype: 'application/json', schemaversion: 1, aggregateversion: version, data },
    };
  }

  async function waiting(): Promise<number> {
    const { rows } = await domain.database.query('SELECT count(*)::int AS n FROM pending_act');
    return rows[0].n;
  }

  const harness = {
    domain,
    query: domain.query,
    member: () => domain.keys.member(),

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
    },
  };
  return harness;
}

export type Harness = Awaited<ReturnType<typeof startNotification>>;

/** What content tells. */
export const content = {
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
  followed: (followerId: string, followeeId: string, type = 'user.followed'): Told => ({
    topic: 'user',
    type,
    subject: followerId,
    data: { followerId, followeeId },
  }),
  blocked: (blockerId: string, blockedId: string, type = 'user.blocked'): Told => ({
    topic: 'user',
    type,
    subject: blockerId,
    data: { blockerId, blockedId },
  }),
};
