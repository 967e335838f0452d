import { describe, expect, it } from 'vitest';
import { checkHandle, normaliseHandle } from './handle.policy.ts';

describe('handles', () => {
  it.each([
    ['mina', null],
    ['a_b', null],
    ['x'.repeat(30), null],
    ['ab', 'INVALID'],
    ['x'.repeat(31), 'INVALID'],
    ['_mina', 'INVALID'],
    ['mina_', 'INVALID'],
    ['mi na', 'INVALID'],
    ['민아', 'INVALID'],
    ['mina\n', 'INVALID'],
    ['admin', 'HANDLE_KEPT'],
  ])('%j is judged %j', (handle, code) => {
    expect(checkHandle(handle)?.code ?? null).toBe(code);
  });

  it('are the same in capitals, in full width and with an @', () => {
    expect(normaliseHandle(' @Mina ')).toBe('mina');
    expect(normaliseHandle('ＭＩＮＡ')).toBe('mina');
  });
});
