import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Log } from '@community/events/log';
import { createCacheAside } from '../cache-aside.ts';
import type { Ephemeral } from '../ephemeral.ts';
import { keyOf } from '../key.ts';
import { createListeners } from '../listeners.ts';
import { createEntries } from './entries.ts';
import { ExpiringMap } from './expiring-map.ts';
import { createLimits } from './limits.ts';

const MOST_PRESENT = 100_000;

/** Ephemeral state in this process: for a service that has one instance. */
export function createInProcessEphemeral({ log }: { log: Log }): Ephemeral {
  const listeners = createListeners(log);
  const present = new ExpiringMap<true>(MOST_PRESENT);
  return {
    ...createCacheAside(createEntries()),
    ...createLimits(),

    async publish(channel, message) {
      const text = JSON.stringify(message);
      // Never inside of the publisher's own call, as little as with a server in between.
      await nextTurn();
      listeners.deliver(channel, text);
    },
    async subscribe(channel, listener, onGap) {
      const remove = listeners.add(channel, listener, onGap);
      return { stop: async () => void remove() };
    },

    async touch(group, member, seconds) {
      const key = keyOf(group, member);
      const isNew = present.get(key) === undefined;
      present.set(key, true, seconds * 1000);
      return isNew;
    },
    async leave(group, member) {
      return present.delete(keyOf(group, member));
    },
    async present(group, members) {
      return new Set(members.filter((member) => present.get(keyOf(group, member))));
    },

    async close() {},
  };
}
