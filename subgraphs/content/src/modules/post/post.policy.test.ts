import { newId } from '@community/kit/ids';
import type { Member, Role } from '@community/kit/member';
import { describe, expect, it } from 'vitest';
import { canCreateBoard } from '../board/board.policy.ts';
import { canEdit, checkPost, removerOf } from './post.policy.ts';

const authorId = newId();
const member = (roles: Role[], id = newId()): Member => ({ id, sessionId: newId(), roles });

describe('who may do what', () => {
  it.each<[string, Member, boolean, 'author' | 'moderator' | null, boolean]>([
    ['its author', member(['MEMBER'], authorId), true, 'author', false],
    ['another member', member(['MEMBER']), false, null, false],
    ['a moderator', member(['MEMBER', 'MODERATOR']), false, 'moderator', true],
    ['an administrator', member(['ADMINISTRATOR']), false, 'moderator', true],
    ['a moderator who wrote it', member(['MODERATOR'], authorId), true, 'author', true],
  ])('%s', (_, who, edits, removes, makesBoards) => {
    expect([canEdit(who, { authorId }), removerOf(who, { authorId }), canCreateBoard(who)]).toEqual([
      edits,
      removes,
      makesBoards,
    ]);
  });
});

describe('what a post may hold', () => {
  it.each([
    [{ title: 'x', body: 'x', language: 'ko' }, null],
    [{ title: '' }, ['input', 'title']],
    [{ title: 'x'.repeat(201) }, ['input', 'title']],
    [{ body: '' }, ['input', 'body']],
    [{ body: 'x'.repeat(40_001) }, ['input', 'body']],
    [{ language: 'tlh' }, ['input', 'language']],
  ])('%#', (post, path) => {
    expect(checkPost(post)?.path ?? null).toEqual(path);
  });
});
