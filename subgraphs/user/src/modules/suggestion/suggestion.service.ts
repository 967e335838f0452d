import type { Transactions } from '@community/events/sql';
import type { Member } from '@community/kit/member';
import { isProblem, type NotFound, type NotSignedIn } from '@community/kit/problem';
import type { Tx } from '../../database.ts';
import { noSuchMember, requireMemberActingOn } from '../profile/other-member.ts';
import type { ProfileStore } from '../profile/profile.store.ts';
import type { SuggestionStore } from './suggestion.store.ts';

export type SuggestionService = ReturnType<typeof createSuggestionService>;

export interface Dismissed {
  readonly __typename: 'DismissFollowSuggestionSuccess';
  readonly userId: string;
}

export function createSuggestionService({
  transactions,
  suggestions,
  profiles,
}: {
  transactions: Transactions<Tx>;
  suggestions: SuggestionStore;
  profiles: ProfileStore;
}) {
  return {
    /** Never suggests a member to the viewer again; well also when she was not suggested. Nobody is told. */
    async dismiss(viewer: Member | null, userId: string): Promise<Dismissed | NotSignedIn | NotFound> {
      const member = requireMemberActingOn(viewer, userId);
      if (isProblem(member)) return member;
      return transactions.run(async (tx) => {
        // Both are there until the end, so that an erasure that comes meanwhile leaves nothing behind.
        const locked = await profiles.lock(tx, [member.id, userId]);
        if (!locked.has(member.id) || !locked.has(userId)) return noSuchMember();
        await suggestions.dismiss(tx, member.id, userId);
        return { __typename: 'DismissFollowSuggestionSuccess', userId };
      });
    },
  };
}
