import { isId } from '@community/kit/ids';
import type { Member } from '@community/kit/member';
import { isProblem, type NotFound, type NotSignedIn, notFound, requireMember } from '@community/kit/problem';

/** The answer where `userId` is nobody's, or that of somebody who is hidden from the viewer. */
export const noSuchMember = (): NotFound => notFound('member', ['input', 'userId']);

/** The viewer who does something to another member; a problem where she is not signed in, or the id cannot be anybody's. */
export function requireMemberActingOn(viewer: Member | null, userId: string): Member | NotSignedIn | NotFound {
  const member = requireMember(viewer);
  return isProblem(member) || isId(userId) ? member : noSuchMember();
}
