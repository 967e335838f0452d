import type { Transactions } from '@community/events/sql';
import { Wakeup } from '@community/events/wakeup';
import type { Logger } from '@community/kit/log';
import type { Tx } from '../../database.ts';
import type { Bell } from '../inbox/bell.ts';
import type { ChangeStore } from '../inbox/change.store.ts';
import type { Told } from '../inbox/inbox.ts';
import { type Channels, channelsOf } from '../preference/preference.ts';
import type { RoomStore } from '../room/room.store.ts';
import type { Act } from './act.ts';
import { merge } from './merge.ts';
import type { MergerStore } from './merger.store.ts';
import type { Outlets } from './outlets.ts';
import type { PendingStore } from './pending.store.ts';

const MEMBERS = 500;
const OPERATIONS = 5_000;
const ROOMS = 20;
/** Events wake the merger all the time; rounds closer than this would find little, and cost as much. */
const BETWEEN_ROUNDS_MS = 250;
/** What waits for its member's second to pass, and what an instance that died left behind, is looked for this often. */
const POLL_MS = 500;

export interface Merger {
  /** Says that operations may have been committed. */
  wake(): void;
  stop(): Promise<void>;
}

/** The act with whether its recipient wants it in her inbox; nothing when she wants to be told of its kind in no way. */
function wanted(act: Act, members: ReadonlyMap<string, Channels>): (Act & { inApp: boolean })[] {
  const channels = channelsOf(members.get(act.recipientId) ?? null, act.kind);
  return channels.length > 0 ? [{ ...act, inApp: channels.includes('IN_APP') }] : [];
}

/**
 * Merges what events told into the inboxes, many events at once: a member's inbox changes at most once a second, so that
 * ten thousand likes cost ten thousand inserts and a few merges, and each notification has at most one live event a
 * second. Instances share the work by locks on members.
 */
export function startMerger(options: {
  transactions: Transactions<Tx>;
  pending: PendingStore;
  rooms: Pick<RoomStore, 'tellRounds'>;
  store: MergerStore;
  changes: ChangeStore;
  bell: Bell;
  outlets: Outlets;
  log: Logger;
}): Merger {
  const { transactions, pending, rooms, store, changes } = options;
  const wakeup = new Wakeup();
  let stopped = false;
  /** How much of the most is taken at once: less after a failure, so that what takes too long is done in parts. */
  let share = 1;
  let nextRounds = 0;

  /** @returns the inboxes that changed, and whether more may be due */
  const mergeDue = (): Promise<{ told: Told; more: boolean }> =>
    transactions.run(async (tx) => {
      const [mostMembers, mostOperations] = [Math.ceil(MEMBERS * share), Math.ceil(OPERATIONS * share)];
      const members = await store.lockDue(tx, mostMembers);
      if (members.size === 0) return { told: new Map(), more: false };
      const operations = await pending.take(tx, [...members.keys()], mostOperations);
      const more = members.size === mostMembers || operations.length === mostOperations;
      const merged = merge(operations);
      const touched = new Set<string>();
      const touch = (ids: readonly string[]) => {
        for (const id of ids) touched.add(id);
      };
      if (merged.retract.length + merged.remove.length > 0) touch(await store.drop(tx, merged));
      const acts = merged.add.flatMap((act) => wanted(act, members));
      const added = acts.length > 0 ? await store.add(tx, acts) : [];
      touch(added.map(({ id }) => id));
      const opened = added.filter(({ isNew }) => isNew);
      if (opened.length > 0) await options.outlets.tell(tx, opened, members);
      if (merged.read.length > 0) touch(await store.forgetRead(tx, merged.read));
      if (merged.review.length > 0) touch(await store.review(tx, merged.review));
      await store.markMerged(tx, [...members.keys()]);
      if (touched.size === 0) return { told: new Map(), more };
      const visible = (await store.recount(tx, [...touched])).filter((notification) => notification.visible);
      const told = await changes.number(
        tx,
        visible.map(({ id, recipientId }) => ({ recipientId, notificationId: id })),
      );
      return { told, more };
    });

  async function run(): Promise<void> {
    while (!stopped) {
      const began = Date.now();
      try {
        if (began >= nextRounds) {
          const more = await transactions.run((tx) => rooms.tellRounds(tx, Math.ceil(ROOMS * share)));
          if (!more) nextRounds = began + POLL_MS;
        }
        const { told, more } = await mergeDue();
        share = 1;
        options.bell.ring(told);
        if (more) continue;
      } catch (error) {
        share = Math.max(share / 2, 1 / MEMBERS);
        options.log.warn({ err: error }, 'inboxes could not be merged; trying again');
      }
      await wakeup.wait(POLL_MS);
      const pause = BETWEEN_ROUNDS_MS - (Date.now() - began);
      if (!stopped && pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  const running = run();
  return {
    wake: () => wakeup.wake(),
    async stop() {
      stopped = true;
      wakeup.wake();
      await running;
    },
  };
}
