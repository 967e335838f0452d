import { Wakeup } from '@community/events/wakeup';
import type { Bell } from './bell.ts';
import type { ChangeStore } from './change.store.ts';
import type { Change } from './inbox.ts';

const AT_ONCE = 50;
/** Rings tell at once; this finds what a lost one did not tell. */
const LOOK_AGAIN_MS = 600_000;

/**
 * The changes of a member's inbox after a number, and then each as it comes. They are read from the database when they
 * are asked for, so that a slow client makes nothing wait in memory, and a ring that was lost loses no change.
 * @param after the number that the client knows; null for what comes from now on
 */
export async function openChangeStream(options: {
  memberId: string;
  after: number | null;
  changes: ChangeStore;
  bell: Bell;
}): Promise<AsyncIterableIterator<Change>> {
  const { memberId, changes, bell } = options;
  const wakeup = new Wakeup();
  let open = true;
  let read: Change[] = [];
  const listening = await bell.listen(memberId, () => wakeup.wake());
  let position: number;
  try {
    position = options.after ?? (await changes.lastNumber(memberId));
  } catch (error) {
    await listening.stop();
    throw error;
  }

  async function next(): Promise<IteratorResult<Change>> {
    while (open) {
      const change = read.shift();
      if (change) {
        position = change.number;
        return { value: change, done: false };
      }
      read = await changes.after(memberId, position, AT_ONCE);
      if (read.length === 0 && open) await wakeup.wait(LOOK_AGAIN_MS);
    }
    return { value: undefined, done: true };
  }

  const stream: AsyncIterableIterator<Change> = {
    next,
    async return() {
      open = false;
      wakeup.wake();
      await listening.stop();
      return { value: undefined, done: true };
    },
    [Symbol.asyncIterator]: () => stream,
  };
  return stream;
}
