import { readPage, toConnection } from '@community/kit/connection';
import { connectionSize } from '@community/kit/connection.graph';
import { builder, defineConnection } from '../../builder.ts';
import type { Kind as KindShape, Reason as ReasonShape } from '../act/act.ts';
import { Comment, Post, Room, User } from '../viewer/references.graph.ts';
import { Viewer } from '../viewer/viewer.graph.ts';
import type { Notification as NotificationShape } from './inbox.ts';
import { unreadCount } from './unread-count.loader.ts';

export const Kind = builder.enumType('NotificationKind', {
  description: 'What a notification is about. Clients choose the words.',
  values: {
    COMMENT: { description: "Somebody answered the member's post." },
    REPLY: { description: "Somebody answered the member's comment." },
    MENTION: { description: 'Somebody named the member.' },
    LIKE: { description: "Somebody likes the member's post or comment." },
    FOLLOW: { description: 'Somebody follows the member.' },
    MESSAGE: { description: "There is news in one of the member's rooms." },
    MODERATION: { description: 'A moderator acted on what the member did; `reason` says how.' },
    SYSTEM: { description: 'The platform has something to say; `reason` says what.' },
  } satisfies Record<KindShape, object>,
});

const Reason = builder.enumType('NotificationReason', {
  description: 'What it is more exactly, where the kind does not say. Expect new values.',
  values: {
    WELCOME: { description: 'The member is new here.' },
    ROLES_CHANGED: { description: "The member's roles were changed." },
    POST_HIDDEN: { description: "A moderator took the member's post away." },
    COMMENT_HIDDEN: { description: "A moderator took the member's comment away." },
    SUSPENDED: { description: "The member's account was suspended." },
    INVITED: { description: 'The member is invited into the room.' },
  } satisfies Record<ReasonShape, object>,
});

const TYPENAMES = { POST: 'Post', COMMENT: 'Comment', USER: 'User', ROOM: 'Room' } as const;

const Target = builder.unionType('NotificationTarget', {
  description:
    'What it is about: the post or comment that was liked or answered, the room with the messages, or a member.',
  types: [Post, Comment, User, Room],
  resolveType: (target) => target.__typename,
});

export const Notification = builder.objectRef<NotificationShape>('Notification').implement({
  description:
    'All acts of one kind on one target since the member last read of them: one notification, however many there are.',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    id: t.exposeID('id'),
    kind: t.field({ type: Kind, resolve: (notification) => notification.kind }),
    reason: t.field({
      type: Reason,
      nullable: true,
      description: 'For MODERATION, SYSTEM and invitations.',
      resolve: (notification) => notification.reason,
    }),
    actors: t.field({
      type: [User],
      nullable: { list: false, items: true },
      description: 'The last three who did it, the latest first; none when the platform did.',
      resolve: (notification) => notification.recentActorIds.map((id) => ({ __typename: 'User', id })),
    }),
    actorCount: t.exposeInt('actorCount', { description: 'How many did it; of the messages of a room at most 100.' }),
    target: t.field({
      type: Target,
      nullable: true,
      resolve: ({ targetType, targetId }) => ({ __typename: TYPENAMES[targetType], id: targetId }),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When the latest act was.' }),
    readAt: t.expose('readAt', { type: 'DateTime', nullable: true }),
  }),
});

const NotificationConnection = defineConnection('Notification', Notification);

builder.objectFields(Viewer, (t) => ({
  notifications: t.field({
    type: NotificationConnection,
    description: 'Her inbox, the latest first.',
    args: {
      first: t.arg.int(),
      after: t.arg.string(),
      unreadOnly: t.arg.boolean(),
      kinds: t.arg({ type: [Kind], description: 'Only these; all unless told.' }),
    },
    listSize: connectionSize,
    resolve: async ({ id }, args, context) => {
      const page = readPage(args);
      const filter = { unreadOnly: args.unreadOnly ?? false, kinds: args.kinds ?? null };
      return toConnection(await context.stores.inbox.page(id, filter, page), page, (notification) => [
        notification.updatedAt.toISOString(),
        notification.id,
      ]);
    },
  }),
  unreadNotificationCount: t.int({ resolve: ({ id }, _, context) => unreadCount(context).load(id) }),
}));
