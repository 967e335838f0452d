import { until } from '@community/testing/wait';
import { describe, expect, it } from 'vitest';
import { partition } from './barrier.ts';
import { signUpAdministrator } from './graph/administrator.ts';
import { createClient } from './graph/client.ts';
import * as operations from './graph/generated/operations.ts';
import { createRooms } from './graph/rooms.ts';
import { useHeldPlatform } from './held-platform.ts';

const { platform, ask, barrier, rowsOf } = useHeldPlatform({ env: { ERASURE_DELAY_HOURS: '0' } });

describe('a member who wrote', () => {
  it('downloads what all domains hold of her, is erased from all of them, and keeps the receipts', async () => {
    const client = createClient(platform().url);
    const boss = await signUpAdministrator(client, platform().databaseUrl('auth'));
    const made = await client.send(
      operations.CreateBoardDocument,
      { input: { slug: 'erasure', name: 'Erasure' } },
      boss,
    );
    if (made.data.createBoard.__typename !== 'CreateBoardSuccess') throw new Error(JSON.stringify(made.data));
    const { id: boardId } = made.data.createBoard.board;
    const member = await client.signUp();
    const { accessToken } = member;
    const written = await client.send(
      operations.CreatePostDocument,
      { input: { boardId, title: 'Hers', body: 'only hers' } },
      { accessToken },
    );
    if (written.data.createPost.__typename !== 'CreatePostSuccess') throw new Error(JSON.stringify(written.data));
    const postId = written.data.createPost.post.id;

    await ask('mutation { requestDataExport { __typename } }', {}, accessToken);
    const document = await until(
      async () => {
        const { data } = await ask<{ viewer: { dataRequests: { state: string; document: string | null }[] } }>(
          '{ viewer { dataRequests { state document } } }',
          {},
          accessToken,
        );
        return data?.viewer?.dataRequests[0]?.document;
      },
      'the export',
      60_000,
    );
    expect(JSON.parse(document)).toMatchObject({
      missing: [],
      domains: {
        auth: { account: [{ email: member.email }] },
        user: { profile: [{ handle: member.handle }] },
        content: { posts: [{ id: postId, body: 'only hers' }] },
      },
    });

    const { data } = await ask<{ requestErasure: { receiptToken: string } }>(
      `mutation($password: String!) { requestErasure(input: { password: $password }) {
        ... on RequestErasureSuccess { receiptToken } ... on Error { code } } }`,
      { password: member.password },
      accessToken,
    );
    const token = data?.requestErasure.receiptToken;
    const done = await until(
      async () => {
        const receipt = await ask<{ erasureReceipt: { state: string; receipts: { domain: string }[] } }>(
          'query($token: String!) { erasureReceipt(token: $token) { state receipts { domain } } }',
          { token },
        );
        return receipt.data?.erasureReceipt?.state === 'DONE' ? receipt.data.erasureReceipt : null;
      },
      'the erasure',
      60_000,
    );
    expect(done.receipts.map(({ domain }) => domain)).toEqual(expect.arrayContaining(['auth', 'content', 'user']));
    const { data: left } = await ask<{ post: object }>(
      'query($id: ID!) { post(id: $id) { visibility title author { handle } } }',
      { id: postId },
    );
    expect(left?.post).toMatchObject({ visibility: 'DELETED', author: null });
    expect(await rowsOf('auth', 'SELECT id FROM account WHERE email = $1', [member.email])).toEqual([]);
    expect(await rowsOf('user', 'SELECT id FROM profile WHERE id = $1', [member.id])).toEqual([]);
    expect(await rowsOf('content', 'SELECT id FROM post WHERE author_id = $1', [member.id])).toEqual([]);
  });
});

/** A moment of a request about a member's data: what is held up there, and which process dies meanwhile. */
interface Moment {
  readonly victim: string;
  readonly database: string;
  readonly lock: string;
  /** What is held up first, until the request was answered. */
  readonly before?: { readonly database: string; readonly lock: string };
}

const MOMENTS: readonly [string, Moment][] = [
  [
    'auth is killed while it takes the request',
    { victim: 'auth', database: 'auth', lock: 'LOCK TABLE saga.instance IN EXCLUSIVE MODE' },
  ],
  [
    'auth is killed after it answered, before anybody was told',
    { victim: 'auth', database: 'events', lock: partition('auth') },
  ],
  [
    'chat is killed while it does its part',
    { victim: 'chat', database: 'chat', lock: 'LOCK TABLE kit.member_data IN EXCLUSIVE MODE' },
  ],
  [
    'chat is killed after it did its part, before it told so',
    { victim: 'chat', database: 'events', lock: partition('chat') },
  ],
  [
    'auth is killed while it takes the receipts',
    {
      victim: 'auth',
      database: 'auth',
      lock: 'LOCK TABLE saga.step IN EXCLUSIVE MODE',
      before: { database: 'events', lock: partition('chat') },
    },
  ],
  [
    'auth is killed while it does its own part',
    { victim: 'auth', database: 'auth', lock: 'LOCK TABLE kit.member_data IN EXCLUSIVE MODE' },
  ],
];
const ALL_DOMAINS = ['auth', 'chat', 'content', 'notification', 'user'];

describe('an export and an erasure come to the same end when', () => {
  /** Asks again and again, as a client does that is not answered, while the moment is reached and the process dies. */
  async function killedAt<Answer>(
    { victim, database, lock, before }: Moment,
    request: () => Promise<Answer | null | undefined>,
  ): Promise<NonNullable<Answer>> {
    const first = before && (await barrier(before.database, before.lock));
    let held = first ? undefined : await barrier(database, lock);
    const asking = until(request, 'the request being answered', 60_000);
    await first?.reached();
    held ??= await barrier(database, lock);
    await first?.open();
    await held.reached();
    await platform().kill(victim);
    await held.open();
    return asking;
  }

  it.each(MOMENTS)('%s', async (_, moment) => {
    const client = createClient(platform().url);
    const rooms = createRooms(client);
    const member = await client.signUp();
    const other = await client.signUp();
    const roomId = await rooms.open('Hers', [member, other]);
    await rooms.say(roomId, 'her words', member);
    const { accessToken } = member;
    const requests = '{ viewer { dataRequests { kind state document } } }';
    interface Requests {
      viewer: { dataRequests: { kind: string; state: string; document: string | null }[] } | null;
    }

    const documents = async () => {
      const { data } = await ask<Requests>(requests, {}, accessToken);
      return data?.viewer?.dataRequests ?? [];
    };
    await killedAt(moment, async () => {
      const { data } = await ask<{ requestDataExport: { __typename: string } }>(
        'mutation { requestDataExport { __typename } }',
        {},
        accessToken,
      );
      // A second one is refused while the first is under way: then that was kept, and its answer was lost.
      return data?.requestDataExport.__typename;
    });
    const document = await until(async () => (await documents())[0]?.document, 'the export', 90_000);
    expect(await documents()).toHaveLength(1);
    expect(JSON.parse(document)).toMatchObject({
      missing: [],
      domains: {
        auth: { account: [{ email: member.email }] },
        chat: { messages: [{ body: 'her words' }] },
        content: {},
        notification: { preferences: expect.any(Array) },
        user: { profile: [{ handle: member.handle }] },
      },
    });

    const receiptToken = await killedAt(moment, async () => {
      const { data } = await ask<{ requestErasure: { receiptToken?: string } }>(
        `mutation($password: String!) { requestErasure(input: { password: $password }) {
          ... on RequestErasureSuccess { receiptToken } ... on Error { code } } }`,
        { password: member.password },
        accessToken,
      );
      return data?.requestErasure.receiptToken ?? null;
    });
    const receipt = await until(
      async () => {
        const { data } = await ask<{ erasureReceipt: { state: string; receipts: { domain: string }[] } | null }>(
          'query($token: String!) { erasureReceipt(token: $token) { state receipts { domain } } }',
          { token: receiptToken },
        );
        return data?.erasureReceipt?.state === 'DONE' ? data.erasureReceipt : null;
      },
      'the erasure',
      90_000,
    );
    expect(receipt.receipts.map(({ domain }) => domain).sort()).toEqual(ALL_DOMAINS);
    expect(await rowsOf('auth', 'SELECT id FROM account WHERE id = $1', [member.id])).toEqual([]);
    expect(await rowsOf('user', 'SELECT id FROM profile WHERE id = $1', [member.id])).toEqual([]);
    expect(await rowsOf('notification', 'SELECT id FROM member WHERE id = $1', [member.id])).toEqual([]);
    await platform().whole();
    expect(await rooms.after(roomId, 0, other)).toEqual([
      expect.objectContaining({ number: 1, body: null, visibility: 'DELETED' }),
    ]);
    for (const domain of ALL_DOMAINS) {
      const told = await rowsOf(domain, 'SELECT kind FROM kit.member_data WHERE member_id = $1 ORDER BY kind', [
        member.id,
      ]);
      expect({ domain, told }).toEqual({ domain, told: [{ kind: 'ERASURE' }, { kind: 'EXPORT' }] });
      expect(await rowsOf(domain, 'SELECT reason FROM events.dead_letter', [])).toEqual([]);
    }
  });
});
