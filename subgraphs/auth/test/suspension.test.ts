import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { until } from '@community/testing/wait';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Result, startAuth, type TestAuth } from './support.ts';

let auth: TestAuth;
let boss: Member;
beforeAll(async () => {
  auth = await startAuth();
  boss = await auth.administrator();
});
afterAll(() => auth[Symbol.asyncDispose]());

type Member = Awaited<ReturnType<TestAuth['signUp']>>;

interface Answer extends Result {
  suspension: { since: string; until: string | null; reason: string };
}

async function run(document: string, input: object, as: { token: string } | null): Promise<Answer> {
  const { data } = await auth.domain.query<Record<string, Answer>>(document, { input }, as);
  return Object.values(data)[0] as Answer;
}

const suspend = (as: { token: string } | null, input: { accountId: string; reason?: string; until?: string }) =>
  run(
    `mutation($input: SuspendAccountInput!) { suspendAccount(input: $input) { __typename
      ... on SuspendAccountSuccess { suspension { since until reason } user { id } } ... on Error { code path } } }`,
    { reason: '광고 글', ...input },
    as,
  );
const reinstate = (as: { token: string } | null, accountId: string) =>
  run(
    'mutation($input: ReinstateAccountInput!) { reinstateAccount(input: $input) { __typename ... on Error { code path } } }',
    { accountId },
    as,
  );

async function moderator(): Promise<Member> {
  const member = await auth.signUp();
  await run(
    'mutation($input: GrantRoleInput!) { grantRole(input: $input) { __typename } }',
    { accountId: member.id, role: 'MODERATOR' },
    boss,
  );
  return { ...member, token: (await auth.signIn(member)).session.accessToken };
}

const SIGN_IN = `mutation($input: SignInInput!) { signIn(input: $input) { __typename
  ... on AccountSuspendedError { code reason until } ... on Error { code } } }`;
const signIn = ({ email, password }: Member) => run(SIGN_IN, { email, password }, null);
const types = async (id: string) => (await auth.events(id)).map(({ type }) => type);

const AUDIT = `query($accountId: ID, $first: Int, $after: String) {
  accountAuditLog(accountId: $accountId, first: $first, after: $after) {
    edges { node { act role reason until accountId actor { id } user { id } } } pageInfo { hasNextPage endCursor } } }`;
interface Audit {
  edges: { node: { act: string; actor: { id: string } | null; reason: string | null; role: string | null } }[];
  pageInfo: { hasNextPage: boolean; endCursor: string };
}
const auditLog = async (as: { token: string } | null, variables: object = {}) =>
  (await auth.domain.query<{ accountAuditLog: Audit | null }>(AUDIT, variables, as)).data.accountAuditLog;

describe('a suspended account', () => {
  it('loses its sessions at once, and sign-in tells why to who knows the password', async () => {
    const [mina, mod] = [await auth.signUp(), await moderator()];
    const end = new Date(Date.now() + 3_600_000).toISOString();
    expect(await suspend(mod, { accountId: mina.id, until: end })).toMatchObject({
      __typename: 'SuspendAccountSuccess',
      suspension: { until: end, reason: '광고 글' },
      user: { id: mina.id },
    });
    await until(async () => (await auth.domain.query('{ viewer { id } }', {}, mina)).status === 401);
    expect((await auth.refresh(mina.session.refreshToken)).__typename).toBe('InvalidRefreshTokenError');
    expect(await signIn(mina)).toEqual({
      __typename: 'AccountSuspendedError',
      code: 'ACCOUNT_SUSPENDED',
      reason: '광고 글',
      until: end,
    });
    expect(await signIn({ ...mina, password: 'not her password' })).toMatchObject({ code: 'INVALID_CREDENTIALS' });
    expect(await auth.events(mina.id)).toContainEqual({
      type: 'account.suspended',
      data: { accountId: mina.id, until: end },
    });
    expect(JSON.stringify(await auth.events(mina.id))).not.toContain('광고');
    const look = async (as: { token: string } | null) =>
      (await auth.domain.query('query($id: ID!) { suspension(accountId: $id) { reason } }', { id: mina.id }, as)).data;
    expect(await look(mod)).toEqual({ suspension: { reason: '광고 글' } });
    expect(await look(await auth.signUp())).toEqual({ suspension: null });
    expect(await look(null)).toEqual({ suspension: null });
  });

  it('is told to be suspended by snapshots, and no more when that is over', async () => {
    const [mina, mod] = [await auth.signUp(), await moderator()];
    const snapshots = async () => (await auth.events(mina.id)).filter(({ type }) => type === 'account.snapshot');
    const toldAgain = async (count: number) => {
      await auth.domain.database.query("INSERT INTO events.snapshot_run (source) VALUES ('account')");
      return until(async () => (await snapshots())[count - 1]?.data, 'the snapshot');
    };
    await suspend(mod, { accountId: mina.id });
    expect(await toldAgain(1)).toMatchObject({ accountId: mina.id, suspended: true });
    await reinstate(mod, mina.id);
    expect(await toldAgain(2)).toMatchObject({ accountId: mina.id, suspended: false });
    expect(JSON.stringify(await auth.events(mina.id))).not.toContain('광고');
  });

  it('is open again when its time is over', async () => {
    const [mina, mod] = [await auth.signUp(), await moderator()];
    await suspend(mod, { accountId: mina.id, until: new Date(Date.now() + 1_500).toISOString() });
    expect((await signIn(mina)).code).toBe('ACCOUNT_SUSPENDED');
    await until(async () => (await types(mina.id)).includes('account.reinstated'), 'the end of the suspension');
    expect((await signIn(mina)).__typename).toBe('SignInSuccess');
    const log = await auditLog(boss, { accountId: mina.id });
    expect(log?.edges.map(({ node }) => [node.act, node.actor?.id ?? null])).toEqual([
      ['REINSTATED', null],
      ['SUSPENDED', mod.id],
    ]);
  });

  it('is not opened by the end of an earlier suspension', async () => {
    const [mina, mod] = [await auth.signUp(), await moderator()];
    await suspend(mod, { accountId: mina.id, until: new Date(Date.now() + 1_000).toISOString() });
    await suspend(mod, { accountId: mina.id });
    const jobs = "SELECT count(*)::int AS n FROM graphile_worker.jobs WHERE key = 'suspension_end ' || $1";
    await until(async () => (await auth.domain.database.query(jobs, [mina.id])).rows[0].n === 0, 'the job being done');
    expect(await signIn(mina)).toMatchObject({ code: 'ACCOUNT_SUSPENDED', until: null });
    expect(await reinstate(mod, mina.id)).toEqual({ __typename: 'ReinstateAccountSuccess' });
    expect((await signIn(mina)).__typename).toBe('SignInSuccess');
    expect(await reinstate(mod, mina.id)).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('has no session that was opened at the same moment', async () => {
    const [mina, mod] = [await auth.signUp(), await moderator()];
    const [, ...results] = await Promise.all([
      suspend(mod, { accountId: mina.id }),
      ...Array.from({ length: 5 }, () => auth.signIn(mina)),
    ]);
    for (const { session } of results)
      if (session) expect((await auth.refresh(session.refreshToken)).__typename).toBe('InvalidRefreshTokenError');
    expect((await signIn(mina)).code).toBe('ACCOUNT_SUSPENDED');
  });

  it('gets no way in by a new password', async () => {
    const [mina, mod] = [await auth.signUp(), await moderator()];
    await suspend(mod, { accountId: mina.id });
    const ask = 'mutation($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { __typename } }';
    await run(ask, { email: mina.email }, null);
    const request = await until(async () =>
      (await auth.events(mina.id)).find(({ type }) => type === 'account.password_reset_requested'),
    );
    const { body } = await auth.domain.internal('password-reset-link', { resetId: request.data.resetId });
    const token = new URL((body as { link: string }).link).searchParams.get('token');
    const reset = 'mutation($input: ResetPasswordInput!) { resetPassword(input: $input) { __typename } }';
    const password = 'another long password';
    expect((await run(reset, { token, newPassword: password }, null)).__typename).toBe('ResetPasswordSuccess');
    expect((await signIn({ ...mina, password })).code).toBe('ACCOUNT_SUSPENDED');
  });
});

describe('who suspends', () => {
  it('is a moderator or an administrator, by what the database says now', async () => {
    const [mina, mod, other] = [await auth.signUp(), await moderator(), await moderator()];
    expect(await suspend(null, { accountId: mina.id })).toMatchObject({ code: 'NOT_SIGNED_IN' });
    expect(await suspend(mina, { accountId: mod.id })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await suspend(mod, { accountId: other.id })).toMatchObject({ code: 'TARGET_IS_MODERATOR' });
    expect(await suspend(mod, { accountId: boss.id })).toMatchObject({ code: 'TARGET_IS_ADMINISTRATOR' });
    expect(await suspend(mod, { accountId: mod.id })).toMatchObject({ code: 'OWN_ACCOUNT' });
    expect(await suspend(mod, { accountId: 'nobody' })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await suspend(mod, { accountId: mina.id, reason: ' ' })).toMatchObject({ path: ['input', 'reason'] });
    expect(await suspend(boss, { accountId: other.id })).toMatchObject({ __typename: 'SuspendAccountSuccess' });
    await run(
      'mutation($input: RevokeRoleInput!) { revokeRole(input: $input) { __typename } }',
      { accountId: mod.id, role: 'MODERATOR' },
      boss,
    );
    // Her token still says that she is one.
    expect(await suspend(mod, { accountId: mina.id })).toMatchObject({ code: 'FORBIDDEN' });
    expect((await signIn(mina)).__typename).toBe('SignInSuccess');
  });
});

describe('the audit log', () => {
  it('holds changes of roles and suspensions with who did them, for administrators alone', async () => {
    const [mina, mod] = [await auth.signUp(), await moderator()];
    await suspend(mod, { accountId: mina.id });
    await suspend(mod, { accountId: mina.id, reason: '다시' });
    for (const as of [mod, await auth.signUp(), null]) expect(await auditLog(as)).toBeNull();
    const first = await auditLog(boss, { accountId: mina.id, first: 1 });
    expect(first).toMatchObject({
      edges: [{ node: { act: 'SUSPENDED', reason: '다시', actor: { id: mod.id }, user: { id: mina.id } } }],
      pageInfo: { hasNextPage: true },
    });
    const next = await auditLog(boss, { accountId: mina.id, after: first?.pageInfo.endCursor });
    expect(next?.edges.map(({ node }) => node.reason)).toEqual(['광고 글']);
    const roles = await auditLog(boss, { accountId: mod.id });
    expect(roles?.edges[0]?.node).toMatchObject({ act: 'ROLE_GRANTED', role: 'MODERATOR', actor: { id: boss.id } });
    const before = await auth.domain.statements();
    await auditLog(boss, { first: 100 });
    expect((await auth.domain.statements()) - before).toBe(1);
  });
});

describe('the first administrator', () => {
  const command = async (...args: string[]) => {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', 'subgraphs/auth/bin/accounts.ts', ...args],
      {
        env: { ...process.env, ...auth.domain.env },
      },
    );
    return stdout;
  };

  it("is made by the operator's command, which stands in the audit log", async () => {
    const mina = await auth.signUp();
    const role = ['--email', mina.email.toUpperCase(), '--role', 'administrator'];
    expect(await command('grant-role', ...role)).toContain('member, administrator');
    expect((await auth.signIn(mina)).account.roles).toEqual(['MEMBER', 'ADMINISTRATOR']);
    expect(await types(mina.id)).toContain('account.roles_changed');
    const log = await auditLog(boss, { accountId: mina.id });
    expect(log?.edges[0]?.node).toMatchObject({ act: 'ROLE_GRANTED', role: 'ADMINISTRATOR', actor: null });
    await Promise.all([
      expect(command('grant-role', '--email', 'nobody@example.com', '--role', 'moderator')).rejects.toThrow(
        /nobody has an open account/,
      ),
      expect(command('grant-role', '--email', mina.email, '--role', 'queen')).rejects.toThrow(/--role is one of/),
    ]);
  }, 90_000);
});
