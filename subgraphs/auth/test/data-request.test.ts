import { serve } from '@community/testing/serve';
import { tell } from '@community/testing/tell';
import { until } from '@community/testing/wait';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD, startAuth, type TestAuth } from './support.ts';

const REQUEST = 'id kind state dueAt missing receipts { domain items { name count } at }';
const REQUESTS = `{ viewer { dataRequests { ${REQUEST} document } } }`;
const EXPORT = `mutation { requestDataExport { __typename ... on RequestDataExportSuccess { request { ${REQUEST} } } ... on Error { code } } }`;
const ERASE = `mutation($password: String!) { requestErasure(input: { password: $password }) { __typename
  ... on RequestErasureSuccess { receiptToken request { ${REQUEST} } } ... on Error { code } } }`;
const CANCEL = `mutation { cancelErasure { __typename ... on CancelErasureSuccess { request { state } } ... on Error { code } } }`;
const RECEIPT = `query($token: String!) { erasureReceipt(token: $token) { ${REQUEST} } }`;

interface Request {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly dueAt: string | null;
  readonly missing: string[];
  readonly receipts: { domain: string; items: { name: string; count: number }[] }[];
  readonly document: string | null;
}

let auth: TestAuth;
let content: Awaited<ReturnType<typeof serve>>;
beforeAll(async () => {
  content = await serve((_, response) =>
    response.end(JSON.stringify({ sections: { posts: [{ title: '민아의 글' }] } })),
  );
  auth = await startAuth({
    SUBGRAPH_URL_CONTENT: content.url,
    SUBGRAPH_URL_CHAT: content.url,
    SUBGRAPH_URL_NOTIFICATION: content.url,
  });
});
afterAll(async () => {
  await auth[Symbol.asyncDispose]();
  await content.close();
});

async function requests(member: { token: string }): Promise<Request[]> {
  return (await auth.domain.query<{ viewer: { dataRequests: Request[] } }>(REQUESTS, {}, member)).data.viewer
    .dataRequests;
}

/** A domain answers, as its kit does. */
const receipt = (domain: string, requestId: string, kind: string) =>
  tell(auth.domain, {
    topic: domain,
    type: 'member_data.receipt',
    subject: requestId,
    data: { requestId, domain, kind, items: { things: 2 }, at: new Date().toISOString() },
  });

const askedFor = async (requestId: string) =>
  (await auth.events(requestId))
    .filter(({ type }) => type !== 'member_data.receipt')
    .map(({ type, data }) => `${type} ${data.domains}`);

/** One of everything that auth may hold of a member, beyond her account. */
async function holdEverything({ domain: { database } }: TestAuth, id: string): Promise<void> {
  const rows = [
    "INSERT INTO totp (account_id, encrypted_secret, confirmed_at) VALUES ($1, '', now())",
    "INSERT INTO recovery_code (account_id, hash) VALUES ($1, 'x')",
    `INSERT INTO api_token (id, account_id, hash, name, scopes, created_at, expires_at)
     VALUES (uuidv7(), $1, uuid_send($1), 'bot', '{user:read}', now(), now() + interval '1 day')`,
    `INSERT INTO linked_identity (id, account_id, provider, subject, linked_at)
     VALUES (uuidv7(), $1, 'corp', $1::text, now())`,
    `INSERT INTO passkey (id, account_id, credential_id, public_key, counter, name, backed_up, created_at)
     VALUES (uuidv7(), $1, $1::text, '', 0, 'telephone', false, now())`,
    `INSERT INTO audit_entry (id, at, act, account_id, reason) VALUES (uuidv7(), now(), 'SUSPENDED', $1, 'spam')`,
    `INSERT INTO ticket (hash, purpose, account_id, data, expires_at)
     VALUES (uuid_send($1), 'SECOND_FACTOR', $1, '{}', now() + interval '1 day')`,
    'INSERT INTO password_reset (id, account_id, requested_at) VALUES (uuidv7(), $1, now())',
  ];
  for (const row of rows) await database.query(row.replaceAll('$1', '$1::uuid'), [id]);
}

async function erase(member: { token: string }, password = PASSWORD) {
  const { data } = await auth.domain.query<{
    requestErasure: { __typename: string; code?: string; receiptToken: string; request: Request };
  }>(ERASE, { password }, member);
  return data.requestErasure;
}

describe('an export', () => {
  it('is asked of every domain, shows their receipts, and is one document in the end', async () => {
    const [member, stranger] = [await auth.signUp(), await auth.signUp()];
    expect((await auth.domain.query(EXPORT)).data).toMatchObject({ requestDataExport: { code: 'NOT_SIGNED_IN' } });
    await holdEverything(auth, member.id);
    const { data } = await auth.domain.query<{ requestDataExport: { request: Request } }>(EXPORT, {}, member);
    const { id } = data.requestDataExport.request;
    expect((await auth.domain.query(EXPORT, {}, member)).data).toMatchObject({
      requestDataExport: { __typename: 'ConflictError', code: 'REQUESTED_ALREADY' },
    });
    await until(async () => (await requests(member))[0]?.receipts.some(({ domain }) => domain === 'auth'));
    expect((await askedFor(id)).sort()).toEqual(
      ['auth', 'chat', 'content', 'notification', 'user'].map((name) => `member_data.export_requested ${name}`),
    );
    expect((await requests(member))[0]).toMatchObject({
      state: 'RUNNING',
      missing: ['user', 'content', 'chat', 'notification'],
      document: null,
    });

    for (const domain of ['user', 'content', 'chat', 'notification']) await receipt(domain, id, 'EXPORT');
    const done = await until(async () => (await requests(member)).find(({ state }) => state === 'DONE'));
    const document = JSON.parse(done.document ?? '');
    expect(document).toMatchObject({
      requestId: id,
      missing: [],
      domains: {
        auth: {
          account: [{ id: member.id, email: member.email }],
          sessions: [{ endedAt: null }],
          secondFactor: [{ confirmedAt: expect.any(String) }],
          apiTokens: [{ name: 'bot', scopes: ['user:read'] }],
          identities: [{ provider: 'corp', subject: expect.any(String) }],
          passkeys: [{ name: 'telephone' }],
          audit: [{ act: 'SUSPENDED', reason: 'spam' }],
        },
        user: { profile: [{ handle: 'mina' }] },
        content: { posts: [{ title: '민아의 글' }] },
      },
    });
    expect(done.document).not.toMatch(/argon2|passwordHash|publicKey|[sS]ecret"|actorId|"hash/);
    expect(await requests(stranger)).toEqual([]);
  });
});

describe('an erasure', () => {
  it('needs the password, waits, and can be cancelled until then', async () => {
    const member = await auth.signUp();
    expect(await erase(member, 'not her password')).toMatchObject({ code: 'INVALID_CREDENTIALS' });
    const asked = await erase(member);
    expect(asked.request).toMatchObject({ kind: 'ERASURE', state: 'WAITING', receipts: [] });
    const days = (Date.parse(asked.request.dueAt ?? '') - auth.now().getTime()) / 86_400_000;
    expect(days).toBeCloseTo(7, 1);
    expect(await erase(member)).toMatchObject({ code: 'REQUESTED_ALREADY' });
    const cancel = async () => (await auth.domain.query(CANCEL, {}, member)).data.cancelErasure;
    expect(await cancel()).toEqual({ __typename: 'CancelErasureSuccess', request: { state: 'CANCELLED' } });
    expect(await cancel()).toMatchObject({ code: 'NOT_FOUND' });
    expect(await askedFor(asked.request.id)).toEqual([]);
    expect((await auth.signIn(member)).__typename).toBe('SignInSuccess');
  });

  it('ends her sessions, asks every domain, auth last, and leaves a receipt to who was given its token', async () => {
    await using own = await startAuth({ ERASURE_DELAY_HOURS: '0' });
    const member = await own.signUp();
    await holdEverything(own, member.id);
    const { data } = await own.domain.query<{ requestErasure: { receiptToken: string; request: Request } }>(
      ERASE,
      { password: PASSWORD },
      member,
    );
    const { receiptToken, request } = data.requestErasure;
    const look = async (token: string) =>
      (await own.domain.query<{ erasureReceipt: Request | null }>(RECEIPT, { token })).data.erasureReceipt;
    await until(async () => (await look(receiptToken))?.state === 'RUNNING');
    await until(async () => (await own.domain.query('{ viewer { id } }', {}, member)).status === 401);
    expect(await own.signIn(member)).toMatchObject({ __typename: 'AccountClosedError', code: 'ERASURE' });
    const asked = (await own.events(request.id)).map(({ data: { domains } }) => domains);
    expect(asked).toEqual([['user'], ['content'], ['chat'], ['notification']]);

    const answer = (domain: string) =>
      tell(own.domain, {
        topic: domain,
        type: 'member_data.receipt',
        subject: request.id,
        data: { requestId: request.id, domain, kind: 'ERASURE', items: { things: 2 }, at: new Date().toISOString() },
      });
    for (const domain of ['user', 'content', 'chat', 'notification']) await answer(domain);
    const done = await until(async () => {
      const seen = await look(receiptToken);
      return seen?.state === 'DONE' ? seen : null;
    });
    expect(done.receipts.map(({ domain, items }) => [domain, items[0]?.count])).toEqual([
      ['user', 2],
      ['content', 2],
      ['chat', 2],
      ['notification', 2],
      ['auth', 1],
    ]);
    const items = done.receipts.find(({ domain }) => domain === 'auth')?.items ?? [];
    expect(Object.fromEntries(items.map(({ name, count }) => [name, count]))).toEqual({
      accounts: 1,
      sessions: 1,
      secondFactors: 1,
      apiTokens: 1,
      identities: 1,
      passkeys: 1,
      auditReasons: 1,
    });
    for (const table of [
      'totp',
      'recovery_code',
      'api_token',
      'linked_identity',
      'passkey',
      'ticket',
      'password_reset',
    ])
      expect((await own.domain.database.query(`SELECT 1 FROM ${table}`)).rows).toEqual([]);
    expect((await own.domain.database.query('SELECT reason FROM audit_entry')).rows).toEqual([{ reason: null }]);
    for (const guess of [`${request.id}.guess`, request.id, '', 'x.y']) expect(await look(guess)).toBeNull();
    const { rows } = await own.domain.database.query(
      'SELECT (SELECT count(*)::int FROM account) AS accounts, (SELECT count(*)::int FROM session) AS sessions, (SELECT count(*)::int FROM credential) AS credentials',
    );
    expect(rows).toEqual([{ accounts: 0, sessions: 0, credentials: 0 }]);
    expect((await own.signIn(member)).__typename).toBe('InvalidCredentialsError');
  });

  it('of the last administrator is refused', async () => {
    const boss = await auth.administrator();
    expect(await erase(boss)).toMatchObject({ code: 'LAST_ADMINISTRATOR' });
  });
});
