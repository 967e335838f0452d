import { hasRole, type Member } from '@community/kit/member';
import { type Invalid, invalid } from '@community/kit/problem';

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** Boards are made by moderators. */
export function canCreateBoard(member: Member): boolean {
  return hasRole(member, 'MODERATOR');
}

/** The first rule that a (trimmed) board breaks, or null. */
export function checkBoard(board: { slug: string; name: string; description: string }): Invalid | null {
  if (board.slug.length > 40 || !SLUG.test(board.slug)) {
    return invalid('A slug has 1 to 40 letters a-z, digits and single hyphens between them.', ['input', 'slug']);
  }
  if (board.name.length < 1 || board.name.length > 80)
    return invalid('A name has 1 to 80 characters.', ['input', 'name']);
  if (board.description.length > 500)
    return invalid('A description has at most 500 characters.', ['input', 'description']);
  return null;
}
