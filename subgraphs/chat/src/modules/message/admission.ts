import { isId } from '@community/kit/ids';
import { type Forbidden, forbidden, type NotFound, notFound } from '@community/kit/problem';
import type { Tx } from '../../database.ts';
import type { BlockStore } from '../block/block.store.ts';
import type { MemberStore } from '../member/member.store.ts';
import type { RoomOfMember } from '../room/room.ts';
import { NO_SUCH_ROOM } from '../room/room.write.ts';
import type { Draft } from './message.policy.ts';
import type { MessageStore } from './message.store.ts';
import type { Message } from './message.ts';

export type Admission = ReturnType<typeof createAdmission>;

/** A message that a member wants to send into a room; null where she is not in it. */
export interface Candidate {
  readonly room: RoomOfMember | null;
  readonly draft: Draft;
  readonly replyToId: string | null;
}

const key = (one: string, other: string) => `${one} ${other}`;

/** What decides, with the rooms locked, whether messages may be sent; for many by a constant number of statements. */
export function createAdmission({
  members,
  blocks,
  messages,
}: {
  members: MemberStore;
  blocks: BlockStore;
  messages: MessageStore;
}) {
  /** Why a member may not send into a room now, or null. @param divided the direct rooms of members whom a block divides */
  function silenced(room: RoomOfMember, divided: ReadonlySet<string>): Forbidden | null {
    if (room.mutedUntil && room.mutedUntil > new Date())
      return forbidden(`You are muted in this room until ${room.mutedUntil.toISOString()}.`, 'MUTED');
    return divided.has(room.id) ? forbidden('You cannot send to this member.', 'BLOCKED') : null;
  }

  return {
    /** @returns for each candidate why it is refused, or its room and the message that it answers */
    async admit(
      tx: Tx,
      candidates: readonly Candidate[],
    ): Promise<(NotFound | Forbidden | { room: RoomOfMember; original: Message | null })[]> {
      const here = candidates.flatMap(({ room, ...rest }) => (room ? [{ room, ...rest }] : []));
      const direct = here.flatMap(({ room }) => (room.kind === 'DIRECT' ? [room.id] : []));
      const divided = await blocks.dividedRooms(tx, direct);
      const mentions = here.flatMap(({ room, draft }) =>
        draft.mentionedIds.filter(isId).map((memberId) => ({ roomId: room.id, memberId })),
      );
      const present = new Set((await members.ofRooms(mentions, tx)).map((one) => key(one.roomId, one.memberId)));
      const replied = here.flatMap(({ replyToId }) => (replyToId && isId(replyToId) ? [replyToId.toLowerCase()] : []));
      const originals = new Map((await messages.byIds(replied, tx)).map((message) => [message.id, message]));
      const pairs = await blocks.pairs(
        here.map(({ room }) => room.memberId),
        [...originals.values()].map((message) => message.senderId),
        tx,
      );
      return candidates.map(({ room, draft, replyToId }) => {
        if (!room) return NO_SUCH_ROOM();
        const refusal = silenced(room, divided);
        if (refusal) return refusal;
        const absent = draft.mentionedIds.findIndex((id) => !present.has(key(room.id, id.toLowerCase())));
        if (absent >= 0) return notFound('member of this room', ['input', 'mentionedIds', String(absent)]);
        const original = replyToId ? originals.get(replyToId.toLowerCase()) : undefined;
        const seen = original?.roomId === room.id && !pairs.has(key(room.memberId, original.senderId));
        if (replyToId && !seen) return notFound('message in this room', ['input', 'replyToId']);
        return { room, original: original ?? null };
      });
    },
  };
}
