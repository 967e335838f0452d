import type { Ephemeral } from '@community/ephemeral/ephemeral';
import type { Logger } from '@community/kit/log';
import type { HubStore } from '../stream/hub.store.ts';
import type { Presence } from '../stream/live-event.ts';
import { presenceOf } from './signal.service.ts';

const LOOK_EVERY_MS = 10_000;

/**
 * Notices members who ceased to give signs of life, in rooms whose presence somebody follows here: nobody says so of
 * herself. @param followed the rooms @param tell what has changed since it was looked at last
 */
export function startPresenceWatch(options: {
  store: Pick<HubStore, 'memberIds'>;
  ephemeral: Pick<Ephemeral, 'present'>;
  log: Logger;
  followed: () => readonly string[];
  tell: (change: Presence) => void;
  everyMs?: number;
}): { stop(): Promise<void> } {
  const { store, ephemeral, log, followed, tell } = options;
  let known = new Map<string, Set<string>>();
  let looking: Promise<void> | undefined;

  async function look(): Promise<void> {
    const rooms = followed();
    const seen = new Map<string, Set<string>>();
    for (const [roomId, memberIds] of await store.memberIds(rooms)) {
      const present = await ephemeral.present(presenceOf(roomId), memberIds);
      const before = known.get(roomId) ?? present;
      for (const memberId of before) if (!present.has(memberId)) tell({ roomId, memberId, present: false });
      seen.set(roomId, present);
    }
    known = seen;
  }

  const timer = setInterval(() => {
    looking ??= look()
      .catch((error: unknown) => log.warn({ err: error }, 'presence could not be looked at; trying again'))
      .finally(() => {
        looking = undefined;
      });
  }, options.everyMs ?? LOOK_EVERY_MS);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await looking;
    },
  };
}
