import { describe, expect, it } from 'vitest';
import { mayInRoom, type RoomAct } from './room.policy.ts';
import type { RoomRole } from './room.ts';

const ROLES: RoomRole[] = ['OWNER', 'MODERATOR', 'MEMBER'];

describe('what a role may do in a room', () => {
  it.each<[RoomAct, RoomRole[]]>([
    ['rename', ['OWNER', 'MODERATOR']],
    ['invite', ['OWNER', 'MODERATOR']],
    ['setRole', ['OWNER']],
    ['handOver', ['OWNER']],
    ['removeMember', ['OWNER', 'MODERATOR']],
    ['mute', ['OWNER', 'MODERATOR']],
    ['removeMessage', ['OWNER', 'MODERATOR']],
  ])('%s: %s', (act, allowed) => expect(ROLES.filter((role) => mayInRoom(role, act))).toEqual(allowed));

  it.each<[RoomRole, RoomRole, boolean]>([
    ['OWNER', 'MODERATOR', true],
    ['OWNER', 'MEMBER', true],
    ['OWNER', 'OWNER', false],
    ['MODERATOR', 'MEMBER', true],
    ['MODERATOR', 'MODERATOR', false],
    ['MODERATOR', 'OWNER', false],
    ['MEMBER', 'MEMBER', false],
  ])('%s to %s: %s', (role, target, allowed) => expect(mayInRoom(role, 'removeMember', target)).toBe(allowed));
});
