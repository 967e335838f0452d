import type { Transactions } from '@community/events/sql';
import { addJob } from '@community/jobs/add-job';
import type { Tx } from '../../database.ts';
import { type Channels, channelsOf } from '../preference/preference.ts';
import type { PushStore } from '../push/push.store.ts';
import type { Opened } from './merger.store.ts';

/** What is read within this time needs no mail. */
const MAIL_AFTER_MS = 10 * 60_000;

/** How members are told of notifications outside of the inbox: once of each, when it is opened, by jobs. */
export interface Outlets {
  tell(tx: Tx, opened: readonly Opened[], chosen: ReadonlyMap<string, Channels>): Promise<void>;
}

export function createOutlets({
  transactions,
  devices,
}: {
  transactions: Transactions<Tx>;
  devices: PushStore;
}): Outlets {
  return {
    async tell(tx, opened, chosen) {
      const sql = transactions.sql(tx);
      const wanting = (channel: 'EMAIL' | 'PUSH') =>
        opened.filter(({ kind, recipientId }) => channelsOf(chosen.get(recipientId) ?? null, kind).includes(channel));
      const runAt = new Date(Date.now() + MAIL_AFTER_MS);
      for (const { id } of wanting('EMAIL')) await addJob(sql, 'notification-mail', { notificationId: id }, { runAt });
      const pushed = wanting('PUSH');
      if (pushed.length === 0) return;
      const registered = await devices.ofMembers(
        tx,
        pushed.map(({ recipientId }) => recipientId),
      );
      for (const { id, recipientId } of pushed)
        for (const device of registered.filter(({ memberId }) => memberId === recipientId))
          await addJob(sql, 'push', { notificationId: id, subscriptionId: device.id }, { maxAttempts: 6 });
    },
  };
}
