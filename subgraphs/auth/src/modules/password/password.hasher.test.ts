import { hash } from '@node-rs/argon2';
import { describe, expect, it } from 'vitest';
import { createPasswordHasher } from './password.hasher.ts';

describe('password hashes', () => {
  const hasher = createPasswordHasher();

  it('are Argon2id by the parameters of OWASP, salted, and verify only their password', async () => {
    const [one, other] = await Promise.all([hasher.hash('correct horse'), hasher.hash('correct horse')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(other);
    expect(await hasher.verify('correct horse', one)).toBe(true);
    expect(await hasher.verify('correct horsf', one)).toBe(false);
  });

  it('fit the same Hangul, composed or not', async () => {
    expect(await hasher.verify('비밀번호'.normalize('NFD'), await hasher.hash('비밀번호'.normalize('NFC')))).toBe(true);
  });

  it('of nobody fit nothing', async () => {
    expect(await hasher.verify('correct horse', null)).toBe(false);
  });

  it('made by weaker parameters are told from those of today', async () => {
    expect(hasher.isOutdated(await hash('x', { memoryCost: 8192, timeCost: 2, parallelism: 1 }))).toBe(true);
    expect(hasher.isOutdated(await hasher.hash('x'))).toBe(false);
  });
});
