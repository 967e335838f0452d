import { type Invalid, invalid } from '@community/kit/problem';
import type { RoomRole } from './room.ts';

const MAX_TITLE = 100;
/** Members and those who are invited. */
export const MAX_MEMBERS = 2_000;
/** Invited by one mutation. */
export const MAX_INVITED_AT_ONCE = 100;

/** What roles are about in a group room; in a direct room nobody has these rights. */
export type RoomAct = 'rename' | 'invite' | 'handOver' | 'setRole' | 'removeMember' | 'mute' | 'removeMessage';

const MAY: Record<RoomAct, readonly RoomRole[]> = {
  rename: ['OWNER', 'MODERATOR'],
  invite: ['OWNER', 'MODERATOR'],
  setRole: ['OWNER'],
  handOver: ['OWNER'],
  removeMember: ['OWNER', 'MODERATOR'],
  mute: ['OWNER', 'MODERATOR'],
  removeMessage: ['OWNER', 'MODERATOR'],
};
const RANK: Record<RoomRole, number> = { MEMBER: 0, MODERATOR: 1, OWNER: 2 };

/**
 * Whether a member may do something in a group room.
 * @param target the role of the member whom it is done to; only somebody of a higher role may do it
 */
export function mayInRoom(role: RoomRole, act: RoomAct, target?: RoomRole): boolean {
  return MAY[act].includes(role) && (target === undefined || RANK[role] > RANK[target]);
}

/** A title as it is kept. */
export const tidyTitle = (title: string): string => title.normalize('NFC').trim();

/** The rule that a tidied title breaks, or null. */
export function checkTitle(title: string): Invalid | null {
  if (title.length >= 1 && title.length <= MAX_TITLE && !title.includes('\0')) return null;
  return invalid(`A title has 1 to ${MAX_TITLE} characters.`, ['input', 'title']);
}
