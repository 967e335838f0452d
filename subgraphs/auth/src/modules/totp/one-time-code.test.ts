import { describe, expect, it } from 'vitest';
import { base32, codeOf, keyUri, stepAt, stepOf } from './one-time-code.ts';

/** The secret of the test vectors of RFC 6238, appendix B; the codes here are their last six digits. */
const secret = Buffer.from('12345678901234567890');

describe('a one-time code', () => {
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_234_567_890, '005924'],
    [20_000_000_000, '353130'],
  ])('at %i seconds is %s', (seconds, code) => {
    expect(codeOf(secret, stepAt(new Date(seconds * 1000)))).toBe(code);
  });

  it('is good in its own step and the ones beside it', () => {
    const at = (seconds: number) => stepOf(secret, '287082', new Date(seconds * 1000));
    expect([30, 59, 89].map(at)).toEqual([1, 1, 1]);
    expect([90, 120].map(at)).toEqual([null, null]);
  });
});

describe('a secret', () => {
  it('is written in base32 (RFC 4648, section 10) and as an address for apps', () => {
    expect(base32(Buffer.from('foobar'))).toBe('MZXW6YTBOI');
    expect(keyUri(secret, 'mina@example.com', 'Community')).toBe(
      'otpauth://totp/Community:mina%40example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Community&digits=6&period=30',
    );
  });
});
