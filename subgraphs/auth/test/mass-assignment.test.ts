import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newcomer, PASSWORD, startAuth, type TestAuth } from './support.ts';

let auth: TestAuth;
beforeAll(async () => {
  auth = await startAuth();
});
afterAll(() => auth[Symbol.asyncDispose]());

const field = (name: string) => `${name.slice(0, 1).toLowerCase()}${name.slice(1)}`;

describe('an input that holds more than it is asked for', () => {
  it.each<[string, object, object]>([
    ['SignUp', newcomer(), { roles: ['ADMINISTRATOR'] }],
    ['SignUp', newcomer(), { emailVerified: true }],
    ['SignUp', newcomer(), { id: '01890000-0000-7000-8000-000000000000' }],
    ['ChangePassword', { currentPassword: PASSWORD, newPassword: 'a new long password' }, { accountId: 'x' }],
    ['CreateApiToken', { name: 'bot', scopes: ['user:read'], password: PASSWORD }, { roles: ['ADMINISTRATOR'] }],
    ['CompleteOAuthSignUp', { ticket: 'x', handle: 'mina_k', displayName: 'Mina' }, { emailVerified: true }],
    ['SuspendAccount', { accountId: 'x', reason: 'spam' }, { actorId: 'x' }],
  ])('%s is refused as a whole: %#', async (name, input, more) => {
    const member = await auth.signUp();
    const before = await auth.domain.database.query('SELECT count(*)::int AS n FROM account');
    const document = `mutation($input: ${name}Input!) { ${field(name)}(input: $input) { __typename } }`;
    const answer = await auth.domain.query(document, { input: { ...input, ...more } }, member);
    expect(answer.errors?.[0]?.message).toContain(`Field "${Object.keys(more)[0]}" is not defined`);
    expect(answer.data).toBeUndefined();
    const after = await auth.domain.database.query('SELECT count(*)::int AS n FROM account');
    expect(after.rows).toEqual(before.rows);
  });

  it('does not make an administrator of who refreshes, signs in or exchanges with roles of her own', async () => {
    const member = await auth.signUp();
    const document =
      'mutation($input: SignInInput!) { signIn(input: $input) { ... on SignInSuccess { account { roles } } } }';
    const input = { email: member.email, password: PASSWORD, roles: ['ADMINISTRATOR'] };
    expect((await auth.domain.query(document, { input })).errors).toHaveLength(1);
    expect((await auth.signIn(member)).account.roles).toEqual(['MEMBER']);
  });
});
