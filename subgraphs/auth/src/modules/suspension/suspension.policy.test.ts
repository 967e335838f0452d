import type { Role } from '@community/kit/member';
import { describe, expect, it } from 'vitest';
import { checkSuspension, refuseSuspending } from './suspension.policy.ts';

const member: Role[] = ['MEMBER'];
const moderator: Role[] = ['MEMBER', 'MODERATOR'];
const administrator: Role[] = ['MEMBER', 'ADMINISTRATOR'];

describe('who may suspend whom', () => {
  it.each<[string, Role[], Role[], string | null]>([
    ['a moderator a member', moderator, member, null],
    ['an administrator a member', administrator, member, null],
    ['an administrator a moderator', administrator, moderator, null],
    ['a member a member', member, member, 'FORBIDDEN'],
    ['a member a moderator', member, moderator, 'FORBIDDEN'],
    ['a moderator a moderator', moderator, moderator, 'TARGET_IS_MODERATOR'],
    ['a moderator an administrator', moderator, administrator, 'TARGET_IS_ADMINISTRATOR'],
    ['an administrator an administrator', administrator, administrator, 'TARGET_IS_ADMINISTRATOR'],
  ])('%s', (_, actorRoles, targetRoles, code) => {
    const acting = { actorId: 'one', actorRoles, targetId: 'other', targetRoles };
    expect(refuseSuspending(acting)?.code ?? null).toBe(code);
  });

  it('is never herself', () => {
    const acting = { actorId: 'one', actorRoles: moderator, targetId: 'one', targetRoles: moderator };
    expect(refuseSuspending(acting)?.code).toBe('OWN_ACCOUNT');
  });
});

describe('a suspension', () => {
  const now = new Date('2026-03-01T00:00:00Z');
  it.each([
    ['spam', null, null],
    ['spam', '2026-03-01T00:00:01Z', null],
    ['  ', null, 'REASON'],
    ['x'.repeat(501), null, 'REASON'],
    ['spam', '2026-03-01T00:00:00Z', 'UNTIL'],
    ['spam', '2036-03-02T00:00:00Z', 'UNTIL'],
  ])('for %j until %s is judged %s', (reason, until, code) => {
    expect(checkSuspension({ reason, until: until ? new Date(until) : null }, now)?.code ?? null).toBe(code);
  });
});
