import { emitAll } from '@community/events/outbox';
import type { Transactions } from '@community/events/sql';
import { isId } from '@community/kit/ids';
import type { Logger } from '@community/kit/log';
import type { Member } from '@community/kit/member';
import { isProblem, type NotFound, type NotSignedIn, requireMember } from '@community/kit/problem';
import type { Tx } from '../../database.ts';
import { readEvents } from '../message/message.events.ts';
import type { RoomDone } from '../room/room.service.ts';
import { NO_SUCH_ROOM } from '../room/room.write.ts';
import type { ReadStore } from './read.store.ts';

export type ReadService = ReturnType<typeof createReadService>;

const TELL_EVERY_MS = 2_000;
const BATCH = 500;

export function createReadService({ reads }: { reads: ReadStore }) {
  return {
    /** Says that the viewer has read a room up to a message. A mark never goes back, so repeating is harmless. */
    async mark(
      viewer: Member | null,
      input: { roomId: string; number: number },
    ): Promise<RoomDone<'MarkRoomReadSuccess'> | NotSignedIn | NotFound> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      if (!isId(input.roomId) || !(await reads.move(input.roomId, member.id, input.number))) return NO_SUCH_ROOM();
      return { __typename: 'MarkRoomReadSuccess', roomId: input.roomId };
    },
  };
}

/** Tells other domains of read marks, so that a member who reads on makes one event in two seconds and not one a message. */
export function startTellingReadMarks({
  transactions,
  reads,
  log,
}: {
  transactions: Transactions<Tx>;
  reads: ReadStore;
  log: Logger;
}): { stop(): Promise<void> } {
  let telling = Promise.resolve();
  const tellSome = () =>
    transactions.run(async (tx) => {
      const marks = await reads.takeUntold(tx, BATCH);
      await emitAll(
        transactions.sql(tx),
        readEvents,
        marks.map((mark) => ({
          type: 'message.read',
          aggregateId: `${mark.roomId}:${mark.memberId}`,
          // A read mark only grows, and so do the versions of a member who left and came back.
          aggregateVersion: mark.number,
          actorId: mark.memberId,
          payload: mark,
        })),
      );
      return marks.length;
    });
  const timer = setInterval(() => {
    telling = telling
      .then(async () => {
        while ((await tellSome()) > 0);
      })
      .catch((error: unknown) => log.warn({ err: error }, 'read marks could not be told; trying again'));
  }, TELL_EVERY_MS);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await telling;
    },
  };
}
