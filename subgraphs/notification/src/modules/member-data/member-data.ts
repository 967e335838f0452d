import { keysetPages } from '@community/kit/keyset-pages';
import type { MemberData } from '@community/kit/member-data';
import type { Tx } from '../../database.ts';
import { receiptEvents } from './member-data.events.ts';
import type { MemberDataStore } from './member-data.store.ts';

/** Notification's part of a member: her inbox, preferences and devices. */
export function createMemberData(data: MemberDataStore): MemberData<Tx> {
  return {
    receipts: receiptEvents,

    async *export(memberId) {
      yield { section: 'preferences', items: await data.preferences(memberId) };
      yield { section: 'devices', items: await data.devices(memberId) };
      yield* keysetPages(
        'notifications',
        (after, limit) => data.notificationsPage(memberId, after, limit),
        (notification) => notification.id,
      );
    },

    erase: (tx, memberId) => data.erase(tx, memberId),
  };
}
