import { emitAll } from '@community/events/outbox';
import type { Transactions } from '@community/events/sql';
import { keysetPages } from '@community/kit/keyset-pages';
import type { MemberData } from '@community/kit/member-data';
import type { Tx } from '../../database.ts';
import type { Departure } from '../member/departure.ts';
import { messageEvents } from '../message/message.events.ts';
import { receiptEvents } from './member-data.events.ts';
import { type MemberDataStore, NOBODY } from './member-data.store.ts';

/** Chat's part of a member: her messages, rooms and reactions. What others answered keeps its place, without her. */
export function createMemberData({
  transactions,
  data,
  departure,
}: {
  transactions: Transactions<Tx>;
  data: MemberDataStore;
  departure: Departure;
}): MemberData<Tx> {
  return {
    receipts: receiptEvents,

    async *export(memberId) {
      const { messagesPage, roomsPage, reactionsPage } = data;
      yield* keysetPages(
        'messages',
        (after, limit) => messagesPage(memberId, after, limit),
        (message) => message.id,
      );
      yield* keysetPages(
        'rooms',
        (after, limit) => roomsPage(memberId, after, limit),
        (room) => room.roomId,
      );
      yield* keysetPages(
        'reactions',
        (after, limit) => reactionsPage(memberId, after, limit),
        ({ messageId, emoji }) => `${messageId} ${emoji}`,
      );
    },

    async erase(tx, memberId) {
      const rooms = await data.lockRooms(tx, memberId);
      for (const { id, role } of rooms) if (role) await departure.leave(tx, { id, role }, memberId);
      const messages = await data.eraseMessages(tx, memberId);
      const reactions = await data.eraseReactions(tx, memberId);
      await data.eraseTraces(
        tx,
        memberId,
        rooms.map(({ id }) => id),
      );
      await emitAll(
        transactions.sql(tx),
        messageEvents,
        messages.map(({ id, roomId, number, eventVersion }) => ({
          type: 'message.deleted' as const,
          aggregateId: roomId,
          aggregateVersion: eventVersion,
          payload: { roomId, messageId: id, number, senderId: NOBODY, by: 'sender' as const },
        })),
      );
      return { messages: messages.length, rooms: rooms.filter(({ role }) => role).length, reactions };
    },
  };
}
