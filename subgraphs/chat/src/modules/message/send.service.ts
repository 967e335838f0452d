import type { Ephemeral } from '@community/ephemeral/ephemeral';
import { emitAll } from '@community/events/outbox';
import type { Transactions } from '@community/events/sql';
import { claimKeys, settleKeys } from '@community/kit/client-mutation';
import { isId, newId } from '@community/kit/ids';
import type { Member } from '@community/kit/member';
import {
  type Conflict,
  type Forbidden,
  type Invalid,
  isProblem,
  type NotFound,
  type NotSignedIn,
  type Problem,
  problem,
  requireMember,
  reusedKey,
} from '@community/kit/problem';
import type { Tx } from '../../database.ts';
import { createLane } from '../../lane.ts';
import type { RoomStore } from '../room/room.store.ts';
import type { RoomOfMember } from '../room/room.ts';
import { NO_SUCH_ROOM } from '../room/room.write.ts';
import type { Bell } from '../stream/bell.ts';
import type { Admission } from './admission.ts';
import { messageEvents } from './message.events.ts';
import { checkDraft, type Draft } from './message.policy.ts';
import type { MessageDone } from './message.service.ts';
import type { MessageStore } from './message.store.ts';
import type { Message } from './message.ts';
import { tidyText } from './text.ts';

export type SendService = ReturnType<typeof createSendService>;

export interface NewMessageInput extends Draft {
  readonly roomId: string;
  readonly replyToId: string | null;
  readonly clientMutationId: string | null;
}

/** More was sent than may be. */
export interface TooFast extends Problem<'RateLimitedError'> {
  readonly retryAfterSeconds: number;
}

/** Of one member, over all rooms. */
const SENDING = { points: 20, seconds: 1 };
const tooFast = (retryAfterSeconds: number): TooFast => ({
  ...problem(
    'RateLimitedError',
    'RATE_LIMITED',
    `You send more than ${SENDING.points} messages a second. Try again in ${retryAfterSeconds} s.`,
  ),
  retryAfterSeconds,
});

/** A message that a member wants to send, its form checked. */
export interface Sending {
  readonly memberId: string;
  readonly roomId: string;
  readonly draft: Draft;
  readonly replyToId: string | null;
  readonly clientMutationId: string | null;
}

type Sent = MessageDone<'SendMessageSuccess'>;
type Outcome = Sent | NotFound | Forbidden | Conflict;
/** A message that may be sent, in its room, with the one that it answers. */
interface Admitted {
  readonly index: number;
  readonly room: RoomOfMember;
  readonly original: Message | null;
}

const callOf = ({ memberId, roomId, draft, replyToId, clientMutationId }: Sending) => ({
  actor: memberId,
  key: clientMutationId,
  operation: 'sendMessage',
  input: { ...draft, roomId, replyToId },
});

/**
 * Sends messages. Those that come while others are being kept are kept together, for all rooms in one transaction of a
 * constant number of statements: a busy room costs the others nothing but its share of a batch.
 */
export function createSendService({
  transactions,
  rooms,
  messages,
  admission,
  ring,
  ephemeral,
}: {
  transactions: Transactions<Tx>;
  rooms: RoomStore;
  messages: MessageStore;
  admission: Admission;
  ring: Bell['ring'];
  ephemeral: Pick<Ephemeral, 'consume'>;
}) {
  /** Keeps messages at the ends of their rooms, and tells of them. */
  async function append(tx: Tx, sendings: readonly Sending[], admitted: readonly Admitted[]): Promise<Message[]> {
    const appended = await messages.append(
      tx,
      admitted.map(({ index, room, original }) => ({
        ...(sendings[index] as Sending).draft,
        id: newId(),
        roomId: room.id,
        senderId: room.memberId,
        replyToNumber: original?.number ?? null,
      })),
    );
    await emitAll(
      transactions.sql(tx),
      messageEvents,
      appended.map(({ message, eventVersion }, place) => {
        const { room, original } = admitted[place] as Admitted;
        return {
          type: 'message.sent' as const,
          aggregateId: room.id,
          aggregateVersion: eventVersion,
          actorId: message.senderId,
          payload: {
            roomId: room.id,
            messageId: message.id,
            number: message.number,
            senderId: message.senderId,
            roomKind: room.kind,
            mentionedIds: [...message.mentionedIds],
            replyToSenderId: original?.senderId ?? null,
          },
        };
      }),
    );
    ring(tx, [...new Set(admitted.map(({ room }) => room.id))]);
    return appended.map(({ message }) => message);
  }

  async function sendAll(sendings: readonly Sending[]): Promise<Outcome[]> {
    return transactions.run(async (tx) => {
      const sql = transactions.sql(tx);
      const claims = await claimKeys(sql, sendings.map(callOf));
      const fresh = sendings.flatMap((sending, index) => (claims[index] === 'new' ? [{ sending, index }] : []));
      const repeated = claims.flatMap((claim) => (typeof claim === 'object' ? [String(claim.remembered.id)] : []));
      const earlier = new Map((await messages.byIds(repeated, tx)).map((message) => [message.id, message]));
      const outcomes: (Outcome | undefined)[] = claims.map((claim) => {
        if (claim === 'new') return undefined;
        const message = claim === 'reused' ? undefined : earlier.get(String(claim.remembered.id));
        if (claim === 'reused') return reusedKey();
        return message ? { __typename: 'SendMessageSuccess', message } : NO_SUCH_ROOM();
      });

      const locked = await rooms.lockAll(
        tx,
        fresh.map(({ sending }) => sending),
      );
      const verdicts = await admission.admit(
        tx,
        fresh.map(({ sending }) => ({ ...sending, room: locked.get(`${sending.roomId} ${sending.memberId}`) ?? null })),
      );
      const admitted: Admitted[] = [];
      fresh.forEach(({ index }, place) => {
        const verdict = verdicts[place];
        if (verdict && isProblem(verdict)) outcomes[index] = verdict;
        else if (verdict) admitted.push({ index, ...verdict });
      });
      const sent = admitted.length > 0 ? await append(tx, sendings, admitted) : [];
      admitted.forEach(({ index }, place) => {
        outcomes[index] = { __typename: 'SendMessageSuccess', message: sent[place] as Message };
      });
      await settleKeys(
        sql,
        fresh.map(({ sending, index }) => {
          const outcome = outcomes[index];
          return {
            call: callOf(sending),
            remember: outcome && !isProblem(outcome) ? { id: outcome.message.id } : null,
          };
        }),
      );
      return outcomes as Outcome[];
    });
  }

  const lane = createLane(sendAll, ({ memberId, clientMutationId }) =>
    clientMutationId ? `${memberId} ${clientMutationId}` : null,
  );

  return {
    /** Sends a message into a room that the viewer is in. */
    async send(
      viewer: Member | null,
      { clientMutationId, roomId, replyToId, ...input }: NewMessageInput,
    ): Promise<Outcome | NotSignedIn | Invalid | TooFast> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      const draft = {
        body: tidyText(input.body),
        mentionedIds: [...new Set(input.mentionedIds.map((id) => id.toLowerCase()))],
        fileIds: input.fileIds,
      };
      const fault = checkDraft(draft);
      if (fault) return fault;
      if (!isId(roomId)) return NO_SUCH_ROOM();
      const { allowed, resetSeconds } = await ephemeral.consume(`send:${member.id}`, SENDING);
      if (!allowed) return tooFast(resetSeconds);
      return lane.submit({ memberId: member.id, roomId: roomId.toLowerCase(), draft, replyToId, clientMutationId });
    },
  };
}
