import type { Ephemeral } from '@community/ephemeral/ephemeral';
import { emit } from '@community/events/outbox';
import type { Transactions } from '@community/events/sql';
import { oncePerKey } from '@community/kit/client-mutation';
import { isId, newId } from '@community/kit/ids';
import type { Member } from '@community/kit/member';
import {
  type Conflict,
  type Forbidden,
  forbidden,
  type Invalid,
  isProblem,
  type NotFound,
  type NotSignedIn,
  notFound,
  type Problem,
  problem,
  requireMember,
  versionConflict,
} from '@community/kit/problem';
import type { Tx } from '../../database.ts';
import type { BlockStore } from '../block/block.store.ts';
import type { MemberStore } from '../member/member.store.ts';
import type { RoomOfMember } from '../room/room.ts';
import { NO_SUCH_ROOM, type RoomWriting } from '../room/room.write.ts';
import { messageEvents } from './message.events.ts';
import { checkDraft, type Draft, removerOf } from './message.policy.ts';
import type { MessageStore } from './message.store.ts';
import { isShown, type Message } from './message.ts';
import type { MessageChangeStore } from './message-change.store.ts';
import { tidyText } from './text.ts';

export type MessageService = ReturnType<typeof createMessageService>;

export interface MessageDone<Name extends string> {
  readonly __typename: Name;
  readonly message: Message;
}

export interface NewMessageInput extends Draft {
  readonly roomId: string;
  readonly replyToId: string | null;
  readonly clientMutationId: string | null;
}

type Refused = NotSignedIn | NotFound | Forbidden;

/** Of one member, over all rooms. */
const SENDING = { points: 20, seconds: 1 };

/** More was sent than may be. */
export interface TooFast extends Problem<'RateLimitedError'> {
  readonly retryAfterSeconds: number;
}

const tooFast = (retryAfterSeconds: number): TooFast => ({
  ...problem(
    'RateLimitedError',
    'RATE_LIMITED',
    `You send more than ${SENDING.points} messages a second. Try again in ${retryAfterSeconds} s.`,
  ),
  retryAfterSeconds,
});

const NO_SUCH_MESSAGE = () => notFound('message', ['input', 'messageId']);

export function createMessageService({
  transactions,
  messages,
  changes,
  members,
  blocks,
  writing,
  ephemeral,
}: {
  transactions: Transactions<Tx>;
  messages: MessageStore;
  changes: MessageChangeStore;
  members: MemberStore;
  blocks: BlockStore;
  writing: RoomWriting;
  ephemeral: Pick<Ephemeral, 'consume'>;
}) {
  async function notMentionable(tx: Tx, roomId: string, mentionedIds: readonly string[]): Promise<NotFound | null> {
    if (mentionedIds.length === 0) return null;
    const here = await members.among(tx, roomId, mentionedIds.filter(isId));
    const absent = mentionedIds.findIndex((id) => !here.has(id));
    return absent < 0 ? null : notFound('member of this room', ['input', 'mentionedIds', String(absent)]);
  }

  /** Why the member may not send into the room now, or null. */
  async function silenced(tx: Tx, room: RoomOfMember): Promise<Forbidden | null> {
    if (room.mutedUntil && room.mutedUntil > new Date())
      return forbidden(`You are muted in this room until ${room.mutedUntil.toISOString()}.`, 'MUTED');
    if (room.kind === 'DIRECT' && (await blocks.inDirectRoom(tx, room.id)))
      return forbidden('You cannot send to this member.', 'BLOCKED');
    return null;
  }

  async function repliedTo(tx: Tx, room: RoomOfMember, id: string | null): Promise<Message | null | NotFound> {
    if (id === null) return null;
    const message = isId(id) ? await messages.byId(tx, id) : null;
    const seen =
      message?.roomId === room.id &&
      (message.senderId === room.memberId || !(await blocks.related(room.memberId, [message.senderId], tx)).size);
    return seen ? message : notFound('message in this room', ['input', 'replyToId']);
  }

  async function append(
    tx: Tx,
    room: RoomOfMember,
    draft: Draft,
    replyToId: string | null,
  ): Promise<Message | NotFound | Forbidden> {
    const fault = (await silenced(tx, room)) ?? (await notMentionable(tx, room.id, draft.mentionedIds));
    if (fault) return fault;
    const original = await repliedTo(tx, room, replyToId);
    if (original && isProblem(original)) return original;
    const message = {
      ...draft,
      id: newId(),
      roomId: room.id,
      senderId: room.memberId,
      replyToNumber: original?.number ?? null,
    };
    const { number, createdAt, eventVersion } = await messages.append(tx, message);
    await emit(transactions.sql(tx), messageEvents, {
      type: 'message.sent',
      aggregateId: room.id,
      aggregateVersion: eventVersion,
      actorId: room.memberId,
      payload: {
        roomId: room.id,
        messageId: message.id,
        number,
        senderId: room.memberId,
        roomKind: room.kind,
        mentionedIds: [...draft.mentionedIds],
        replyToSenderId: original?.senderId ?? null,
      },
    });
    return { ...message, number, createdAt, visibility: 'VISIBLE', version: 1, editedAt: null, reactions: [] };
  }

  /** Does work on a message that the member may see, with its room locked. */
  async function onMessage<Result extends object>(
    member: Member,
    messageId: string,
    work: (tx: Tx, room: RoomOfMember, message: Message) => Promise<Result>,
  ): Promise<Result | NotFound> {
    const roomId = isId(messageId) ? await messages.roomOf(messageId) : null;
    if (!roomId) return NO_SUCH_MESSAGE();
    const result = await writing.inRoom<Result | NotFound>(member, roomId, async (tx, room) => {
      const message = await messages.byId(tx, messageId);
      const hidden =
        !message ||
        (message.senderId !== member.id && (await blocks.related(member.id, [message.senderId], tx)).size > 0);
      return hidden ? NO_SUCH_MESSAGE() : work(tx, room, message);
    });
    return isProblem(result) && result.__typename === 'NotFoundError' ? NO_SUCH_MESSAGE() : result;
  }

  return {
    onMessage,

    /** Sends a message into a room that the viewer is in. */
    async send(
      viewer: Member | null,
      { clientMutationId, ...input }: NewMessageInput,
    ): Promise<MessageDone<'SendMessageSuccess'> | Refused | Invalid | Conflict | TooFast> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      const draft = {
        body: tidyText(input.body),
        mentionedIds: [...new Set(input.mentionedIds)],
        fileIds: input.fileIds,
      };
      const fault = checkDraft(draft);
      if (fault) return fault;
      if (!isId(input.roomId)) return NO_SUCH_ROOM();
      const { allowed, resetSeconds } = await ephemeral.consume(`send:${member.id}`, SENDING);
      if (!allowed) return tooFast(resetSeconds);
      return transactions.run((tx) =>
        oncePerKey<MessageDone<'SendMessageSuccess'> | NotFound | Forbidden>(
          transactions.sql(tx),
          {
            actor: member.id,
            key: clientMutationId,
            operation: 'sendMessage',
            input: { ...draft, roomId: input.roomId, replyToId: input.replyToId },
          },
          async () => {
            const room = await writing.lock(tx, member, input.roomId);
            if (!room) return NO_SUCH_ROOM();
            const message = await append(tx, room, draft, input.replyToId);
            if (isProblem(message)) return message;
            return { result: { __typename: 'SendMessageSuccess', message }, remember: { id: message.id } };
          },
          async ({ id }) => {
            const message = await messages.byId(tx, String(id));
            return message ? { __typename: 'SendMessageSuccess', message } : NO_SUCH_ROOM();
          },
        ),
      );
    },

    /** Changes the words of the viewer's own message, when it is still at the version that she read. */
    async edit(
      viewer: Member | null,
      input: { messageId: string; body: string; mentionedIds: readonly string[]; expectedVersion: number },
    ): Promise<MessageDone<'EditMessageSuccess'> | Refused | Invalid | Conflict> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      const body = tidyText(input.body);
      const mentionedIds = [...new Set(input.mentionedIds)];
      return onMessage<MessageDone<'EditMessageSuccess'> | NotFound | Forbidden | Invalid | Conflict>(
        member,
        input.messageId,
        async (tx, room, message) => {
          const fault = checkDraft({ body, mentionedIds, fileIds: message.fileIds });
          if (fault) return fault;
          if (!isShown(message)) return NO_SUCH_MESSAGE();
          if (message.senderId !== member.id) return forbidden('Only its sender edits a message.');
          if (message.version !== input.expectedVersion) return versionConflict(message.version);
          const refused = (await silenced(tx, room)) ?? (await notMentionable(tx, room.id, mentionedIds));
          if (refused) return refused;
          await messages.change(tx, message.id, { body, mentionedIds });
          await changes.append(tx, { roomId: room.id, messageId: message.id, kind: 'EDITED', actorId: member.id });
          const changed = await messages.byId(tx, message.id);
          return { __typename: 'EditMessageSuccess', message: changed as Message };
        },
      );
    },

    /** Takes a message away: its sender, or somebody who keeps order in the room. Well also when it is gone already. */
    async delete(viewer: Member | null, messageId: string): Promise<MessageDone<'DeleteMessageSuccess'> | Refused> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      return onMessage<MessageDone<'DeleteMessageSuccess'> | Forbidden>(
        member,
        messageId,
        async (tx, room, message) => {
          const sender = await members.find(tx, room.id, message.senderId);
          const by = removerOf(room, message.senderId, sender?.role);
          if (!by) return forbidden('Only its sender or a moderator of the room deletes a message.');
          if (!isShown(message)) return { __typename: 'DeleteMessageSuccess', message };
          const visibility = by === 'sender' ? 'DELETED' : 'REMOVED';
          await messages.change(tx, message.id, { body: '', mentionedIds: [], fileIds: [], visibility });
          const change = { roomId: room.id, messageId, kind: 'DELETED', actorId: member.id } as const;
          const eventVersion = await changes.append(tx, change, 1);
          await emit(transactions.sql(tx), messageEvents, {
            type: 'message.deleted',
            aggregateId: room.id,
            aggregateVersion: eventVersion,
            actorId: member.id,
            payload: { roomId: room.id, messageId, number: message.number, senderId: message.senderId, by },
          });
          return {
            __typename: 'DeleteMessageSuccess',
            message: { ...message, body: '', mentionedIds: [], fileIds: [], visibility },
          };
        },
      );
    },
  };
}
