import type { NewEvent } from '@community/events/contract';
import { emitAll } from '@community/events/outbox';
import type { Transactions } from '@community/events/sql';
import { isId } from '@community/kit/ids';
import type { Member } from '@community/kit/member';
import { type NotFound, notFound } from '@community/kit/problem';
import type { Tx } from '../../database.ts';
import type { Bell } from '../stream/bell.ts';
import { roomEvents } from './room.events.ts';
import type { RoomStore } from './room.store.ts';
import type { RoomOfMember } from './room.ts';
import type { NewRoomChange, RoomChangeStore } from './room-change.store.ts';

export type RoomWriting = ReturnType<typeof createRoomWriting>;

type RoomEvent = NewEvent<typeof roomEvents.definitions>;
/** An event of a room, before it has its place among the room's events. */
export type RoomFact = RoomEvent extends infer Event
  ? Event extends RoomEvent
    ? Pick<Event, 'type' | 'payload'>
    : never
  : never;

export const NO_SUCH_ROOM = (): NotFound => notFound('room', ['input', 'roomId']);

/** How every use case writes into a room: authorised as its member, with its row locked. */
export function createRoomWriting({
  transactions,
  rooms,
  changes,
  ring,
}: {
  transactions: Transactions<Tx>;
  rooms: RoomStore;
  changes: RoomChangeStore;
  ring: Bell['ring'];
}) {
  /** A room that the member is in, locked until the transaction ends; who listens to it hears of it then. */
  async function lock(tx: Tx, member: Member, roomId: string): Promise<RoomOfMember | null> {
    const room = await rooms.lock(tx, roomId, member.id);
    if (room) ring(tx, [room.id]);
    return room;
  }

  return {
    lock,

    /** Does work in a room that the member is in; a room of others is as good as none. */
    async inRoom<Result extends object>(
      member: Member,
      roomId: string,
      work: (tx: Tx, room: RoomOfMember) => Promise<Result>,
    ): Promise<Result | NotFound> {
      if (!isId(roomId)) return NO_SUCH_ROOM();
      return transactions.run(async (tx) => {
        const room = await lock(tx, member, roomId);
        return room ? work(tx, room) : NO_SUCH_ROOM();
      });
    },

    /** Keeps what happened to a room, which is locked, and tells other domains of it. */
    async record(
      tx: Tx,
      roomId: string,
      actorId: string | null,
      happened: readonly { change?: Omit<NewRoomChange, 'actorId'>; fact?: RoomFact }[],
    ): Promise<void> {
      const kept = happened.flatMap(({ change }) => (change ? [{ ...change, actorId }] : []));
      const facts = happened.flatMap(({ fact }) => (fact ? [fact] : []));
      ring(tx, [roomId]);
      const last = await changes.append(tx, roomId, kept, facts.length);
      await emitAll(
        transactions.sql(tx),
        roomEvents,
        facts.map(
          (fact, index) =>
            ({
              ...fact,
              aggregateId: roomId,
              aggregateVersion: last - facts.length + 1 + index,
              ...(actorId ? { actorId } : {}),
            }) as RoomEvent,
        ),
      );
    },
  };
}
