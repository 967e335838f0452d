import type { Transactions } from '@community/events/sql';
import type { Member } from '@community/kit/member';
import {
  type Conflict,
  type Invalid,
  isProblem,
  type NotSignedIn,
  requireMember,
  versionConflict,
} from '@community/kit/problem';
import type { Tx } from '../../database.ts';
import type { InboxStore } from '../inbox/inbox.store.ts';
import { nextDigest } from './digest-time.ts';
import { checkPreferences } from './preference.policy.ts';
import type { PreferenceStore } from './preference.store.ts';
import type { Preferences } from './preference.ts';

export type PreferenceService = ReturnType<typeof createPreferenceService>;

export interface PreferencesUpdated {
  readonly __typename: 'UpdateNotificationPreferencesSuccess';
  readonly preferences: Preferences;
}

export function createPreferenceService({
  transactions,
  inbox,
  preferences,
}: {
  transactions: Transactions<Tx>;
  inbox: InboxStore;
  preferences: PreferenceStore;
}) {
  return {
    /** Changes how the viewer is told, when her preferences are still at the version that she read. */
    async update(
      viewer: Member | null,
      { expectedVersion, ...change }: Partial<Omit<Preferences, 'version'>> & { expectedVersion: number },
    ): Promise<PreferencesUpdated | NotSignedIn | Invalid | Conflict> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      const fault = checkPreferences(change);
      if (fault) return fault;
      return transactions.run(async (tx) => {
        await inbox.lock(tx, member.id);
        const { version, ...before } = await preferences.of(member.id, tx);
        if (version !== expectedVersion) return versionConflict(version);
        const after: Omit<Preferences, 'version'> = {
          channels: { ...before.channels, ...change.channels },
          digest: change.digest ?? before.digest,
          digestHour: change.digestHour ?? before.digestHour,
          timeZone: change.timeZone ?? before.timeZone,
        };
        await preferences.set(tx, member.id, after, nextDigest(after, new Date()));
        return {
          __typename: 'UpdateNotificationPreferencesSuccess',
          preferences: { ...after, version: version + 1 },
        };
      });
    },
  };
}
