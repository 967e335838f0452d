import type { SnapshotSource } from '@community/events/snapshots';
import { accountEvents } from './account.events.ts';
import type { AccountStore } from './account.store.ts';

/** Tells every account again. */
export function accountSnapshots(accounts: AccountStore): SnapshotSource {
  return {
    name: 'account',
    events: accountEvents,
    async page(after, limit) {
      const page = await accounts.page(after, limit);
      return page.map((account) => ({
        type: 'account.snapshot',
        aggregateId: account.id,
        aggregateVersion: account.eventVersion,
        payload: {
          accountId: account.id,
          roles: account.roles,
          createdAt: account.createdAt.toISOString(),
          suspended: account.suspendedAt !== null,
        },
      }));
    },
  };
}
