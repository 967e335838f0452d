import { newId } from '@community/kit/ids';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAuth, type TestAuth } from './support.ts';

let auth: TestAuth;
let boss: Awaited<ReturnType<TestAuth['signUp']>>;
beforeAll(async () => {
  auth = await startAuth();
  boss = await auth.administrator();
});
afterAll(() => auth[Symbol.asyncDispose]());

interface TokenHolder {
  id: string;
  token: string;
}

interface Changed {
  __typename: string;
  roles?: string[];
  code?: string;
  path?: string[];
}

async function change(
  mutation: 'grantRole' | 'revokeRole',
  as: { token: string } | null,
  input: { accountId: string; role: string },
): Promise<Changed> {
  const name = mutation === 'grantRole' ? 'GrantRole' : 'RevokeRole';
  const document = `mutation($input: ${name}Input!) { ${mutation}(input: $input) { __typename
    ... on ${name}Success { accountId roles user { id } } ... on Error { code path } } }`;
  return (await auth.domain.query<Record<string, Changed>>(document, { input }, as)).data[mutation] as Changed;
}

describe('roles', () => {
  it('are given and taken by administrators, told of, and take effect at the next refresh', async () => {
    const mina = await auth.signUp();
    const input = { accountId: mina.id, role: 'MODERATOR' };
    expect(await change('grantRole', boss, input)).toMatchObject({
      __typename: 'GrantRoleSuccess',
      accountId: mina.id,
      roles: ['MEMBER', 'MODERATOR'],
      user: { id: mina.id },
    });
    const { session } = await auth.refresh(mina.session.refreshToken);
    const claims = JSON.parse(Buffer.from(session.accessToken.split('.')[1] ?? '', 'base64url').toString());
    expect(claims.roles).toEqual(['MEMBER', 'MODERATOR']);
    expect(await change('grantRole', boss, input)).toMatchObject({ __typename: 'GrantRoleSuccess' });
    expect(await change('revokeRole', boss, input)).toMatchObject({
      __typename: 'RevokeRoleSuccess',
      roles: ['MEMBER'],
    });
    expect(await auth.events(mina.id)).toEqual([
      { type: 'account.created', data: expect.anything() },
      { type: 'account.email_verification_requested', data: expect.anything() },
      { type: 'account.roles_changed', data: { accountId: mina.id, roles: ['MEMBER', 'MODERATOR'] } },
      { type: 'account.roles_changed', data: { accountId: mina.id, roles: ['MEMBER'] } },
    ]);
  });

  it('are changed by nobody else', async () => {
    const [mina, jun] = [await auth.signUp(), await auth.signUp()];
    await change('grantRole', boss, { accountId: jun.id, role: 'MODERATOR' });
    const moderator = await auth.signIn(jun);
    const input = { accountId: mina.id, role: 'ADMINISTRATOR' };
    expect(await change('grantRole', null, input)).toMatchObject({ __typename: 'NotSignedInError' });
    for (const token of [mina.token, moderator.session.accessToken]) {
      expect(await change('grantRole', { token }, input)).toMatchObject({ __typename: 'ForbiddenError' });
      expect(await change('revokeRole', { token }, { ...input, accountId: boss.id })).toMatchObject({
        code: 'FORBIDDEN',
      });
    }
  });

  it('of nobody are not found, and the one of a member stays', async () => {
    for (const accountId of [newId(), 'no id']) {
      const missing = await change('grantRole', boss, { accountId, role: 'MODERATOR' });
      expect(missing).toMatchObject({ __typename: 'NotFoundError', path: ['input', 'accountId'] });
    }
    expect(await change('revokeRole', boss, { accountId: boss.id, role: 'MEMBER' })).toMatchObject({
      __typename: 'ValidationError',
      path: ['input', 'role'],
    });
  });

  it('leave at least one administrator, and one who was dropped cannot come back by an old token', async () => {
    const jun = await auth.signUp();
    const dropBoss = { accountId: boss.id, role: 'ADMINISTRATOR' };
    expect(await change('revokeRole', boss, dropBoss)).toMatchObject({ code: 'LAST_ADMINISTRATOR' });
    await change('grantRole', boss, { accountId: jun.id, role: 'ADMINISTRATOR' });
    const token = (await auth.signIn(jun)).session.accessToken;
    // Each drops the other at the same moment: one of them stays.
    const both = await Promise.all([
      change('revokeRole', boss, { accountId: jun.id, role: 'ADMINISTRATOR' }),
      change('revokeRole', { token }, dropBoss),
    ]);
    expect(both.map(({ __typename }) => __typename).sort()).toEqual(['ForbiddenError', 'RevokeRoleSuccess']);
    const [stays, dropped]: [TokenHolder, TokenHolder] =
      both[0]?.__typename === 'RevokeRoleSuccess'
        ? [{ ...boss }, { id: jun.id, token }]
        : [{ id: jun.id, token }, boss];
    const back = { accountId: dropped.id, role: 'ADMINISTRATOR' };
    expect(await change('grantRole', dropped, back)).toMatchObject({ __typename: 'ForbiddenError' });
    expect(await change('grantRole', stays, back)).toMatchObject({ __typename: 'GrantRoleSuccess' });
  });

  it('are not changed from a session that has ended, in the moments in which its token is still known', async () => {
    const { session } = await auth.signIn(boss);
    const token = session.accessToken;
    const sid = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).sid;
    await auth.domain.database.query("UPDATE session SET ended_at = now(), ended_by = 'REVOKED' WHERE id = $1", [sid]);
    const refused = await change('grantRole', { token }, { accountId: boss.id, role: 'MODERATOR' });
    expect(refused).toMatchObject({ __typename: 'NotSignedInError' });
  });
});
