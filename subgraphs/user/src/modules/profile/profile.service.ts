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
import type { ProfileCache } from './profile.cache.ts';
import { profileEvents } from './profile.events.ts';
import { checkProfile, type ProfileChange } from './profile.policy.ts';
import type { ProfileStore } from './profile.store.ts';
import type { Profile } from './profile.ts';

export type ProfileService = ReturnType<typeof createProfileService>;

export interface ProfileUpdated {
  readonly __typename: 'UpdateProfileSuccess';
  readonly user: Profile;
}

function trimmed(change: ProfileChange): ProfileChange {
  return {
    displayName: change.displayName?.normalize('NFC').trim(),
    bio: change.bio?.normalize('NFC').trim(),
    language: change.language,
    links: change.links?.map(({ url, label }) => ({ url: url.trim(), label: label.normalize('NFC').trim() })),
    avatar: change.avatar && { id: change.avatar.id, alt: change.avatar.alt.normalize('NFC').trim() },
  };
}

export function createProfileService({
  transactions,
  profiles,
  cache,
}: {
  transactions: Transactions<Tx>;
  profiles: ProfileStore;
  cache: ProfileCache;
}) {
  return {
    /** Changes the viewer's own profile, when it is still at the version that she read. */
    async update(
      viewer: Member | null,
      input: ProfileChange & { expectedVersion: number },
    ): Promise<ProfileUpdated | NotSignedIn | Invalid | Conflict | NotFound> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      const change = trimmed(input);
      const fault = checkProfile(change);
      if (fault) return fault;
      const result = await transactions.run(async (tx) => {
        const changed = await profiles.update(tx, member.id, input.expectedVersion, change);
        if (!changed) {
          const current = await profiles.byId(tx, member.id);
          return current ? versionConflict(current.version) : notFound('profile', []);
        }
        await emit(transactions.sql(tx), profileEvents, {
          type: 'user.profile_changed',
          aggregateId: member.id,
          aggregateVersion: await profiles.nextEventVersion(tx, member.id),
          actorId: member.id,
          payload: { userId: member.id, handle: changed.handle, language: changed.language },
        });
        return { __typename: 'UpdateProfileSuccess' as const, user: changed };
      });
      await cache.forget([member.id]);
      return result;
    },
  };
}
