import type { SnapshotSource } from '@community/events/snapshots';
import { roomEvents } from './room.events.ts';
import type { RoomStore } from './room.store.ts';

/** Tells every room again, with its members. */
export function roomSnapshots(rooms: RoomStore): SnapshotSource {
  return {
    name: 'room',
    events: roomEvents,
    page: async (after, limit) =>
      (await rooms.page(after, limit)).map(({ id, kind, messageNumber, eventVersion, members }) => ({
        type: 'room.snapshot',
        aggregateId: id,
        aggregateVersion: eventVersion,
        payload: { roomId: id, kind, messageNumber, members },
      })),
  };
}
