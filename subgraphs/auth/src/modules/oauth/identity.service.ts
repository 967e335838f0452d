import { isId } from '@community/kit/ids';
import type { Member } from '@community/kit/member';
import {
  type Conflict,
  isProblem,
  type NotFound,
  type NotSignedIn,
  notFound,
  requireMember,
} from '@community/kit/problem';
import type { ChangeSecurity } from '../password/security-change.ts';
import type { IdentityStore, LinkedIdentity } from './identity.store.ts';
import { lastWayIn } from './oauth.problems.ts';
import type { WaysInStore } from './ways-in.store.ts';

export type IdentityService = ReturnType<typeof createIdentityService>;

export interface IdentityUnlinked {
  readonly __typename: 'UnlinkIdentitySuccess';
  readonly identityId: string;
}

export function createIdentityService({
  identities,
  waysIn,
  change,
}: {
  identities: IdentityStore;
  waysIn: WaysInStore;
  change: ChangeSecurity;
}) {
  return {
    /** The providers' accounts by which the viewer signs in. */
    async list(viewer: Member | null, accountId: string): Promise<LinkedIdentity[]> {
      return viewer?.id === accountId ? identities.of(accountId) : [];
    },

    /** Ends signing in by a provider's account, unless that is the viewer's last way in. */
    async unlink(
      viewer: Member | null,
      identityId: string,
    ): Promise<IdentityUnlinked | NotSignedIn | NotFound | Conflict> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      return change<IdentityUnlinked | NotFound | Conflict>(member, 'IDENTITY_UNLINKED', async (tx) => {
        if (!isId(identityId) || !(await identities.has(tx, member.id, identityId)))
          return notFound('linked account', ['input', 'identityId']);
        if ((await waysIn.count(tx, member.id)) <= 1) return lastWayIn();
        await identities.remove(tx, member.id, identityId);
        return { __typename: 'UnlinkIdentitySuccess', identityId };
      });
    },
  };
}
