import { emit } from '@community/events/outbox';
import type { Transactions } from '@community/events/sql';
import type { Member } from '@community/kit/member';
import {
  type Conflict,
  type Invalid,
  isProblem,
  type NotFound,
  type NotSignedIn,
  notFound,
  requireMember,
  versionConflict,
} from '@community/kit/problem';
import type { Tx } from '../../database.ts';
import { privacyEvents } from '../privacy/privacy.events.ts';
import type { ProfileCache } from '../profile/profile.cache.ts';
import { profileEvents } from '../profile/profile.events.ts';
import type { ProfileStore } from '../profile/profile.store.ts';
import { checkSettings, type SettingsChange } from './settings.policy.ts';
import type { SettingsStore } from './settings.store.ts';
import type { Settings } from './settings.ts';

export type SettingsService = ReturnType<typeof createSettingsService>;

export interface SettingsUpdated {
  readonly __typename: 'UpdateSettingsSuccess';
  readonly settings: Settings;
}

export function createSettingsService({
  transactions,
  settings,
  profiles,
  cache,
}: {
  transactions: Transactions<Tx>;
  settings: SettingsStore;
  profiles: ProfileStore;
  cache: ProfileCache;
}) {
  return {
    /** Changes the viewer's settings, when they are still at the version that she read. */
    async update(
      viewer: Member | null,
      { expectedVersion, ...change }: SettingsChange & { expectedVersion: number },
    ): Promise<SettingsUpdated | NotSignedIn | Invalid | Conflict | NotFound> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      const fault = checkSettings(change);
      if (fault) return fault;
      const result = await transactions.run(async (tx) => {
        const changed = await settings.update(tx, member.id, expectedVersion, change);
        if (!changed) {
          const current = await profiles.byId(tx, member.id);
          return current ? versionConflict(current.version) : notFound('profile', []);
        }
        // Told whatever was changed: the version is a part of the profile, which instances keep.
        await emit(transactions.sql(tx), profileEvents, {
          type: 'user.profile_changed',
          aggregateId: member.id,
          aggregateVersion: await profiles.nextEventVersion(tx, member.id),
          actorId: member.id,
          payload: { userId: member.id, handle: changed.handle, language: changed.language },
        });
        if (change.isPrivate !== undefined)
          await emit(transactions.sql(tx), privacyEvents, {
            type: 'user.privacy_changed',
            aggregateId: member.id,
            aggregateVersion: await profiles.nextEventVersion(tx, member.id),
            actorId: member.id,
            payload: { userId: member.id, private: change.isPrivate },
          });
        return { __typename: 'UpdateSettingsSuccess' as const, settings: changed };
      });
      await cache.forget([member.id]);
      return result;
    },
  };
}
