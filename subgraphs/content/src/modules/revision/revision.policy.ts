import { hasRole, type Member } from '@community/kit/member';
import { isShown } from '../../rules.ts';
import type { Visibility } from '../post/post.ts';

/**
 * Who may see a thing sees what it said before. Of one that a moderator took away, moderators do, who may have to judge
 * it again; of one that its author took away nobody does, and it is not kept.
 */
export function mayReadRevisions(viewer: Member | null, thing: { readonly visibility: Visibility }): boolean {
  if (isShown(thing)) return true;
  return thing.visibility === 'HIDDEN' && hasRole(viewer, 'MODERATOR');
}
