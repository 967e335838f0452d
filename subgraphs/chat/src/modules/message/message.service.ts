import { emit } from '@community/events/outbox';
import type { Transactions } from '@community/events/sql';
import { isId } from '@community/kit/ids';
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
  requireMember,
  versionConflict,
} from '@community/kit/problem';
import type { Tx } from '../../database.ts';
import type { BlockStore } from '../block/block.store.ts';
import type { MemberStore } from '../member/member.store.ts';
import type { RoomOfMember } from '../room/room.ts';
import type { RoomWriting } from '../room/room.write.ts';
import type { Admission } from './admission.ts';
import { messageEvents } from './message.events.ts';
import { checkDraft, removerOf } from './message.policy.ts';
import type { MessageStore } from './message.store.ts';
import { isShown, type Message } from './message.ts';
import type { MessageChangeStore } from './message-change.store.ts';
import { tidyText } from './text.ts';

export type MessageService = ReturnType<typeof createMessageService>;

export interface MessageDone<Name extends string> {
  readonly __typename: Name;
  readonly message: Message;
}

type Refused = NotSignedIn | NotFound | Forbidden;

const NO_SUCH_MESSAGE = () => notFound('message', ['input', 'messageId']);

export function createMessageService({
  transactions,
  messages,
  changes,
  members,
  blocks,
  admission,
  writing,
}: {
  transactions: Transactions<Tx>;
  messages: MessageStore;
  changes: MessageChangeStore;
  members: MemberStore;
  blocks: BlockStore;
  admission: Admission;
  writing: RoomWriting;
}) {
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
          const draft = { body, mentionedIds, fileIds: message.fileIds };
          const [verdict] = await admission.admit(tx, [{ room, draft, replyToId: null }]);
          if (verdict && isProblem(verdict)) return verdict;
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
