import { describe, expect, it } from 'vitest';
import { changedRoles, type RoleChange, refuseRoleChange } from './role.policy.ts';

const administrator = ['MEMBER', 'ADMINISTRATOR'] as const;
const change: RoleChange = {
  actorRoles: administrator,
  targetRoles: ['MEMBER'],
  role: 'MODERATOR',
  kind: 'GRANT',
  administratorCount: 1,
};

describe('who may change whose roles', () => {
  it.each<[string, Partial<RoleChange>, string | null]>([
    ['an administrator grants', {}, null],
    ['an administrator makes another one', { role: 'ADMINISTRATOR' }, null],
    ['a member grants', { actorRoles: ['MEMBER'] }, 'FORBIDDEN'],
    ['a moderator grants', { actorRoles: ['MEMBER', 'MODERATOR'] }, 'FORBIDDEN'],
    ['a moderator revokes', { actorRoles: ['MEMBER', 'MODERATOR'], kind: 'REVOKE' }, 'FORBIDDEN'],
    ['an administrator revokes', { kind: 'REVOKE', targetRoles: ['MEMBER', 'MODERATOR'] }, null],
    [
      'one of two administrators is dropped',
      { kind: 'REVOKE', role: 'ADMINISTRATOR', targetRoles: administrator, administratorCount: 2 },
      null,
    ],
    [
      'the last administrator is dropped',
      { kind: 'REVOKE', role: 'ADMINISTRATOR', targetRoles: administrator },
      'LAST_ADMINISTRATOR',
    ],
    ['somebody who is none is dropped as one', { kind: 'REVOKE', role: 'ADMINISTRATOR' }, null],
    ['somebody shall be no member', { kind: 'REVOKE', role: 'MEMBER' }, 'INVALID'],
  ])('%s', (_, given, code) => {
    expect(refuseRoleChange({ ...change, ...given })?.code ?? null).toBe(code);
  });

  it('holds a role once', () => {
    expect(changedRoles(['MEMBER', 'MODERATOR'], 'MODERATOR', 'GRANT')).toEqual(['MEMBER', 'MODERATOR']);
    expect(changedRoles(['MEMBER', 'MODERATOR'], 'MODERATOR', 'REVOKE')).toEqual(['MEMBER']);
  });
});
