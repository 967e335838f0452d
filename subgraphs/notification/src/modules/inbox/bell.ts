import type { Ephemeral, Subscription } from '@community/ephemeral/ephemeral';
import type { Logger } from '@community/kit/log';
import type { Told } from './inbox.ts';

/** Tells those who watch an inbox, on whatever instance, that it changed; what changed is read from the database. */
export interface Bell {
  /** Called after the commit that the changes are in. */
  ring(told: Told): void;
  listen(memberId: string, onRing: () => void): Promise<Subscription>;
}

const channelOf = (memberId: string) => `inbox:${memberId}`;

export function createBell(ephemeral: Ephemeral, log: Logger): Bell {
  return {
    ring(told) {
      for (const [memberId, number] of told)
        ephemeral
          .publish(channelOf(memberId), { number })
          .catch((error: unknown) => log.warn({ err: error }, 'a change of an inbox could not be told live'));
    },
    // A ring that may have been missed is one to look for as well.
    listen: (memberId, onRing) => ephemeral.subscribe(channelOf(memberId), onRing, onRing),
  };
}
