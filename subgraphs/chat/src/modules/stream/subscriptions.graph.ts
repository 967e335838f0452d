import { isId } from '@community/kit/ids';
import { GraphQLError } from 'graphql';
import { builder } from '../../builder.ts';
import type { Context } from '../../context.ts';
import { Message } from '../message/message.graph.ts';
import type { SeenMessage } from '../message/message.ts';
import { MessageChange } from '../message/message-change.graph.ts';
import { RoomChange } from '../room/room-change.graph.ts';
import { RoomPresence, RoomTyping } from '../signal/signal.graph.ts';
import type { LiveEvents, LiveKind } from './live-event.ts';

interface Asked {
  readonly grant?: string | null;
  readonly roomId?: string | null;
  readonly after?: number | null;
}

const refused = (code: string, message: string) => new GraphQLError(message, { extensions: { code } });

/**
 * Opens a stream: by a grant, which says all that matters of who subscribes, or by a room and the member's own token.
 * @throws GraphQLError that says what is wrong
 */
async function open<Kind extends LiveKind>(
  context: Context,
  kind: Kind,
  { grant, roomId, after }: Asked,
): Promise<AsyncIterable<LiveEvents[Kind]>> {
  if ((grant == null) === (roomId == null)) throw refused('BAD_USER_INPUT', 'Pass `grant` or `roomId`.');
  if (grant != null) {
    if (after != null) throw refused('BAD_USER_INPUT', '`after` goes with `roomId`: a stream by grant is shared.');
    const read = context.services.grant.read(grant);
    if (!read) throw refused('GRANT_REFUSED', 'This grant is not valid or has expired. Ask for a new one.');
    return context.hub.open(read.roomId, kind, { grant: read }, null);
  }
  if (!context.member) throw refused('UNAUTHENTICATED', 'Sign in, or subscribe by a grant.');
  const id = String(roomId).toLowerCase();
  if (!isId(id)) throw refused('NOT_FOUND', 'There is no such room, or you may not see it.');
  return context.hub.open(id, kind, { memberId: context.member.id }, after ?? null);
}

/** In a stream by grant nothing may depend on who happened to open it. */
const asGranted = (message: SeenMessage, { grant }: Asked): SeenMessage =>
  grant == null ? message : { ...message, shared: true };

const BY = 'By `grant` (see `Room.stream`), or by `roomId` with a token.';
const grantDescription = 'Of `Room.stream`. Equal grants are equal subscriptions.';
const afterDescription =
  'With `roomId`: begin after this number, at most 500 back. Left out: with what comes from now on.';

builder.subscriptionFields((t) => ({
  messageAdded: t.field({
    type: Message,
    description: `Messages of a room, in their order, without gaps. ${BY}`,
    tag: ['public', 'mobile'],
    args: {
      grant: t.arg.string({ description: grantDescription }),
      roomId: t.arg.id(),
      after: t.arg.int({ description: afterDescription }),
    },
    subscribe: (_, args, context) => open(context, 'message', args),
    resolve: (message, args) => asGranted(message, args),
  }),
  messageChanged: t.field({
    type: MessageChange,
    description: `What happens to messages of a room, in order, without gaps. ${BY}`,
    tag: ['public', 'mobile'],
    args: {
      grant: t.arg.string({ description: grantDescription }),
      roomId: t.arg.id(),
      after: t.arg.int({ description: afterDescription }),
    },
    subscribe: (_, args, context) => open(context, 'messageChange', args),
    resolve: (change, args) => ({ ...change, message: change.message && asGranted(change.message, args) }),
  }),
  roomChanged: t.field({
    type: RoomChange,
    description: `What happens to a room and its members, in order, without gaps. ${BY}`,
    tag: ['public', 'mobile'],
    args: {
      grant: t.arg.string({ description: grantDescription }),
      roomId: t.arg.id(),
      after: t.arg.int({ description: afterDescription }),
    },
    subscribe: (_, args, context) => open(context, 'roomChange', args),
    resolve: (change) => change,
  }),
  typing: t.field({
    type: RoomTyping,
    description: `Who is writing in a room. Nothing of it is kept. ${BY}`,
    tag: ['public', 'mobile'],
    args: { grant: t.arg.string({ description: grantDescription }), roomId: t.arg.id() },
    subscribe: (_, args, context) => open(context, 'typing', args),
    resolve: (event) => event,
  }),
  presence: t.field({
    type: RoomPresence,
    description: `Who begins and who ceases to look at a room. Nothing of it is kept. ${BY}`,
    tag: ['public', 'mobile'],
    args: { grant: t.arg.string({ description: grantDescription }), roomId: t.arg.id() },
    subscribe: (_, args, context) => open(context, 'presence', args),
    resolve: (event) => event,
  }),
}));
