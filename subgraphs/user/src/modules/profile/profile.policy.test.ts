import { describe, expect, it } from 'vitest';
import { checkProfile, isWebAddress } from './profile.policy.ts';

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
    [{ links: Array.from({ length: 5 }, () => ({ url: 'https://mina.example', label: '블로그' })) }, null],
    [{ links: Array.from({ length: 6 }, () => ({ url: 'https://mina.example', label: 'x' })) }, ['input', 'links']],
    [{ links: [{ url: 'https://mina.example', label: '' }] }, ['input', 'links', '0', 'label']],
    [{ avatar: { id: '01999999-9999-7999-8999-999999999999', alt: 'A cat' } }, null],
    [{ avatar: null }, null],
    [{ avatar: { id: '../cat.png', alt: '' } }, ['input', 'avatar', 'id']],
    [{ avatar: { id: '01999999-9999-7999-8999-999999999999', alt: 'x'.repeat(201) } }, ['input', 'avatar', 'alt']],
  ])('%j is refused at %j', (change, path) => {
    expect(checkProfile(change)?.path ?? null).toEqual(path);
  });
});

describe('where a link may lead', () => {
  it.each([
    ['https://mina.example/blog?x=1#y', true],
    ['HTTP://mina.example', true],
    ['https://한국.example/글', true],
    ['javascript:alert(1)', false],
    ['data:text/html,x', false],
    ['//mina.example', false],
    ['mina.example', false],
    ['https://bank.example@evil.example', false],
    ['https://u:p@mina.example', false],
    [`https://mina.example/${'x'.repeat(300)}`, false],
  ])('%j: %j', (url, allowed) => {
    expect(isWebAddress(url)).toBe(allowed);
  });
});
