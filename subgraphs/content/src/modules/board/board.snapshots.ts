import type { SnapshotSource } from '@community/events/snapshots';
import { boardEvents } from './board.events.ts';
import type { BoardStore } from './board.store.ts';

/** Tells every board again. */
export function boardSnapshots(boards: BoardStore): SnapshotSource {
  return {
    name: 'board',
    events: boardEvents,
    page: async (after, limit) =>
      (await boards.page(after, limit)).map(({ id, slug, eventVersion }) => ({
        type: 'board.snapshot',
        aggregateId: id,
        aggregateVersion: eventVersion,
        payload: { boardId: id, slug },
      })),
  };
}
