import { describe, expect, it } from 'vitest';
import { checkPassword } from './password.policy.ts';

const own = { email: 'mina.kim.seoul@example.com', handle: 'minakimseoul' };

describe('a new password', () => {
  it.each([
    ['correct horse battery', null],
    ['한글로 된 긴 비밀번호', null],
    ['x7!kQ2#pLm', null],
    ['short', 'PASSWORD_LENGTH'],
    ['😀😀😀😀😀', 'PASSWORD_LENGTH'],
    ['xY3'.repeat(67), 'PASSWORD_LENGTH'],
    ['mina.kim.seoul@example.com', 'PASSWORD_IS_NAME'],
    ['Mina.Kim.Seoul', 'PASSWORD_IS_NAME'],
    ['MinaKimSeoul', 'PASSWORD_IS_NAME'],
    ['Password123', 'PASSWORD_COMMON'],
    ['1234567890', 'PASSWORD_COMMON'],
    ['qwertyuiop', 'PASSWORD_COMMON'],
    ['aaaaaaaaaaaa', 'PASSWORD_COMMON'],
    ['ababababab', 'PASSWORD_COMMON'],
  ])('%j is judged %j', (password, code) => {
    expect(checkPassword(password, own)?.code ?? null).toBe(code);
  });
});
