import { describe, expect, it } from 'vitest';
import { checkProfile } from './profile.policy.ts';

describe('what a profile may hold', () => {
  it.each([
    [{}, null],
    [{ displayName: '미나' }, null],
    [{ displayName: '' }, ['input', 'displayName']],
    [{ displayName: 'x'.repeat(61) }, ['input', 'displayName']],
    [{ bio: 'x'.repeat(500) }, null],
    [{ bio: 'x'.repeat(501) }, ['input', 'bio']],
    [{ language: 'ko' }, null],
    [{ language: 'xx' }, ['input', 'language']],
  ])('%j is refused at %j', (change, path) => {
    expect(checkProfile(change)?.path ?? null).toEqual(path);
  });
});
