import { describe, expect, it } from 'vitest';
import { checkSignUp, normaliseSignUp } from './sign-up.policy.ts';

const good = {
  email: 'mina@example.com',
  password: 'correct horse battery',
  handle: 'mina',
  displayName: 'Mina',
  language: 'ko',
  clientMutationId: null,
};

describe('a sign-up', () => {
  it.each([
    [{}, null],
    [{ clientMutationId: 'k1' }, null],
    [{ email: 'mina' }, ['input', 'email']],
    [{ password: 'short' }, ['input', 'password']],
    [{ clientMutationId: '' }, ['input', 'clientMutationId']],
    [{ clientMutationId: 'x'.repeat(101) }, ['input', 'clientMutationId']],
    [{ clientMutationId: 'a\u0000b' }, ['input', 'clientMutationId']],
  ])('%j is refused at %j', (change, path) => {
    expect(checkSignUp(normaliseSignUp({ ...good, ...change }))?.path ?? null).toEqual(path);
  });

  it('is the same in capitals and with an @', () => {
    const { email, handle } = normaliseSignUp({ ...good, email: ' MINA@example.com', handle: '@Mina ' });
    expect([email, handle]).toEqual(['mina@example.com', 'mina']);
  });
});
