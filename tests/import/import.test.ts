import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DEFAULT_SOURCE, importIds } from '@community/import/import-ids';
import { until } from '@community/testing/wait';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { communityFolder, startImport } from './import-run.ts';

const SIZE = { members: 40, boards: 3, posts: 60, comments: 300, likes: 200, bookmarks: 120, follows: 150, seed: 7 };
const FIVE = { members: 5, posts: 5, comments: 5, likes: 5, bookmarks: 5, follows: 5 };
const NOTHING = { members: 0, boards: 0, posts: 0, comments: 0, likes: 0, bookmarks: 0, follows: 0, seed: 1 };

const idOf = importIds(DEFAULT_SOURCE);
let target: Awaited<ReturnType<typeof startImport>>;
beforeAll(async () => {
  target = await startImport();
});
afterAll(() => target[Symbol.asyncDispose]());

const valuesOf = (folder: string, file: string): Record<string, string>[] =>
  readFileSync(path.join(folder, file), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('an import', () => {
  it('takes a community with its counts and events, and changes nothing when it is done again', async () => {
    using folder = communityFolder(SIZE);
    const { code, output } = await target.run(folder.path);
    expect(output).toContain('content comments   300 lines');
    expect(code).toBe(0);
    const comments = valuesOf(folder.path, 'comments.jsonl');
    const answered = comments.find(({ parent }) => parent)?.parent ?? '';
    const post = comments[0]?.post ?? '';
    const [row] = await target.query(
      'content',
      `SELECT p.comment_count, p.created_at, m.reply_count FROM post p, comment m
       WHERE p.id = '${idOf('post', post)}' AND m.id = '${idOf('comment', answered)}'`,
    );
    expect(row).toMatchObject({
      comment_count: comments.filter((comment) => comment.post === post).length,
      reply_count: comments.filter(({ parent }) => parent === answered).length,
    });
    const liked = new Set(
      valuesOf(folder.path, 'likes.jsonl').map((like) => `${like.member} ${like.post ?? like.comment}`),
    );
    const told = await target.query(
      'content',
      "SELECT value->>'type' AS type, count(*)::int FROM events.outbox GROUP BY 1",
    );
    const events = Object.fromEntries(told.map(({ type, count }) => [type, count]));
    expect(events).toMatchObject({ 'board.created': 3, 'post.published': 60, 'comment.created': 300 });
    expect(events['post.liked'] + events['comment.liked']).toBe(liked.size);
    const bookmarked = new Map<string, string>();
    for (const { member = '', post = '', createdAt = '' } of valuesOf(folder.path, 'bookmarks.jsonl')) {
      const key = `${idOf('member', member)} ${idOf('post', post)}`;
      if (!bookmarked.has(key)) bookmarked.set(key, createdAt);
    }
    const bookmarks = await target.query('content', 'SELECT member_id, post_id, created_at FROM bookmark');
    const kept = bookmarks.map((row) => [`${row.member_id} ${row.post_id}`, (row.created_at as Date).toISOString()]);
    expect(kept.sort()).toEqual([...bookmarked].sort());
    expect(
      await target.query('user', "SELECT sum(follower_count)::int AS n FROM profile WHERE status = 'ACTIVE'"),
    ).toEqual([{ n: 150 }]);
    const before = await target.contents();
    expect(before['auth.public.account']).toContain('40 rows');
    expect((await target.run(folder.path)).code).toBe(0);
    expect(await target.contents()).toEqual(before);
  }, 120_000);

  it('tells each line that it does not take, in every domain, and takes the others', async () => {
    using folder = communityFolder({ ...SIZE, ...FIVE, seed: 8 });
    const member = (change: object) =>
      JSON.stringify({
        ...{ id: 'x1', handle: 'zoe_import', displayName: 'Zoe', email: 'zoe@import.example' },
        ...{ createdAt: '2024-01-01T00:00:00Z', ...change },
      });
    const post = (change: object) =>
      JSON.stringify({
        ...{ id: 'px', board: 'b0', author: 'x1', title: 'Hers', body: 'words' },
        ...{ createdAt: '2024-01-01T00:00:00Z', ...change },
      });
    const bookmark = (change: object) =>
      JSON.stringify({ ...{ member: 'x1', post: 'px', createdAt: '2024-01-01T00:00:00Z' }, ...change });
    folder.add(
      'members.jsonl',
      '{"id": "broken"',
      member({ id: 'bad-handle', handle: '_x' }),
      member({ id: 'bad-email', handle: 'zoe_two', email: 'zoe' }),
      member({}),
      member({ id: 'same-email', handle: 'zoe_three' }),
      member({ id: 'same-handle', email: 'other@import.example' }),
      member({ id: 'future', handle: 'zoe_four', email: 'four@import.example', createdAt: '2999-01-01T00:00:00Z' }),
      member({ id: 'plain-password', handle: 'zoe_five', email: 'five@import.example', passwordHash: 'secret' }),
    );
    folder.add(
      'follows.jsonl',
      JSON.stringify({ follower: 'x1', followee: 'same-email', createdAt: '2024-01-01T00:00:00Z' }),
    );
    folder.add(
      'posts.jsonl',
      post({}),
      post({ id: 'px2', author: 'same-email' }),
      post({ id: 'px3', board: 'nowhere' }),
      post({ id: 'px4', body: '' }),
    );
    folder.add(
      'comments.jsonl',
      JSON.stringify({
        id: 'cx',
        post: 'px',
        parent: 'c-none',
        author: 'x1',
        body: 'hm',
        createdAt: '2024-01-01T00:00:00Z',
      }),
    );
    folder.add(
      'likes.jsonl',
      JSON.stringify({ member: 'x1', post: 'px', comment: 'c0', createdAt: '2024-01-01T00:00:00Z' }),
    );
    folder.add(
      'bookmarks.jsonl',
      bookmark({}),
      bookmark({ post: 'px2' }),
      bookmark({ member: 'same-email' }),
      bookmark({ post: undefined, comment: 'c0' }),
      bookmark({ createdAt: '2999-01-01T00:00:00Z' }),
      bookmark({ createdAt: '2024-02-02T00:00:00Z' }),
    );
    const { code, output } = await target.run(folder.path);
    expect(code).toBe(0);
    expect(output).toContain(`What was not taken is listed in ${folder.path}/rejects.`);
    const rejected = (step: string) =>
      valuesOf(folder.path, `rejects/${step}.jsonl`).map(({ line, id, reason }) => `${line} ${id}: ${reason}`);
    expect(rejected('user-handles')).toEqual([
      expect.stringMatching(/^6 null: no JSON: /),
      expect.stringMatching(/^7 bad-handle: A handle has 3 to 30 letters/),
      '11 same-handle: handle: somebody else has it',
      '12 future: createdAt: is in the future',
    ]);
    expect(rejected('auth-accounts')).toEqual(
      expect.arrayContaining([
        '8 bad-email: email: is not an e-mail address',
        '10 same-email: email: another account has this address',
        expect.stringMatching(/^13 plain-password: passwordHash: is not an Argon2id hash/),
      ]),
    );
    expect(rejected('user-follows')).toEqual(['6 null: followee: there is no such member']);
    expect(rejected('content-posts')).toEqual([
      '7 px2: author: there is no such member',
      '8 px3: board: there is no such board',
      expect.stringMatching(/^9 px4: A post has 1 to/),
    ]);
    expect(rejected('content-comments')).toEqual(['6 cx: parent: there is no such comment of this post before it']);
    expect(rejected('content-likes')).toEqual(['6 null: a like is of a post or of a comment']);
    expect(rejected('content-bookmarks')).toEqual([
      '7 null: post: there is no such post',
      '8 null: member: there is no such member',
      expect.stringMatching(/^9 null: post: /),
      '10 null: createdAt: is in the future',
    ]);
    expect(
      await target.query('content', `SELECT created_at FROM bookmark WHERE member_id = '${idOf('member', 'x1')}'`),
    ).toEqual([{ created_at: new Date('2024-01-01T00:00:00Z') }]);
    expect(await target.query('user', "SELECT handle FROM profile WHERE handle LIKE 'zoe%'")).toEqual([
      { handle: 'zoe_import' },
    ]);
  }, 120_000);

  it('takes a line whose id one that is not taken repeats, wherever that stands, and one that was mended', async () => {
    await using own = await startImport();
    using folder = communityFolder(NOTHING);
    const passwordHash = '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaGhhc2g';
    const member = (id: string, change: object = {}) => {
      const named = { id, handle: `${id}_twice`, displayName: id, email: `${id}@twice.example`, passwordHash };
      return JSON.stringify({ ...named, createdAt: '2024-01-01T00:00:00Z', ...change });
    };
    const notTaken = [{ handle: '_x' }, { email: 'none' }, { displayName: 7 }];
    const anothersBatch = Array.from({ length: 500 }, () => '');
    folder.add(
      'members.jsonl',
      ...notTaken.map((change) => member('after', change)),
      ...anothersBatch,
      ...['before', 'after', 'before'].map((id) => member(id)),
      ...notTaken.map((change) => member('before', change)),
      member('later', { email: 'none' }),
    );
    const said = { author: 'after', title: 'Twice', body: 'words', createdAt: '2024-01-01T00:00:00Z' };
    const board = { id: 'b', slug: 'twice', name: 'Twice', createdBy: 'before', createdAt: said.createdAt };
    for (let time = 0; time < 2; time += 1) {
      folder.add('boards.jsonl', JSON.stringify(board));
      folder.add('posts.jsonl', JSON.stringify({ ...said, id: 'p', board: 'b' }));
      folder.add('comments.jsonl', JSON.stringify({ ...said, id: 'c', post: 'p' }));
    }
    expect((await own.run(folder.path)).code).toBe(0);
    const lists = ['user-handles', 'auth-accounts'].flatMap((step) => valuesOf(folder.path, `rejects/${step}.jsonl`));
    const lines = [1, 2, 3, 507, 508, 509, 510];
    expect(new Set(lists.map(({ line }) => Number(line)))).toEqual(new Set(lines));
    const members = async () => [
      (await own.query('user', "SELECT handle FROM profile WHERE status = 'ACTIVE' ORDER BY 1")).map(
        (row) => row.handle,
      ),
      (await own.query('auth', 'SELECT email FROM account JOIN credential ON id = account_id ORDER BY 1')).map(
        (row) => row.email,
      ),
    ];
    expect(await members()).toEqual([
      ['after_twice', 'before_twice'],
      ['after@twice.example', 'before@twice.example'],
    ]);
    expect(await own.query('user', "SELECT FROM profile WHERE status <> 'ACTIVE'")).toEqual([]);
    for (const domain of ['auth', 'user', 'content'] as const) {
      const events = await own.query(domain, "SELECT key, value->>'type' AS type FROM events.outbox");
      expect(new Set(events.map(({ key, type }) => `${key} ${type}`)).size).toBe(events.length);
    }
    expect(await own.query('content', 'SELECT comment_count FROM post')).toEqual([{ comment_count: 1 }]);

    folder.add('members.jsonl', member('later'));
    expect((await own.run(folder.path)).code).toBe(0);
    expect(await members()).toEqual([
      ['after_twice', 'before_twice', 'later_twice'],
      ['after@twice.example', 'before@twice.example', 'later@twice.example'],
    ]);
  }, 120_000);

  it('takes no like or bookmark of a post that was deleted here since', async () => {
    await using own = await startImport();
    using folder = communityFolder({ ...NOTHING, members: 1, boards: 1, posts: 1 });
    expect((await own.run(folder.path)).code).toBe(0);
    await own.query('content', "UPDATE post SET visibility = 'DELETED'");
    const ofIt = JSON.stringify({ member: 'm0', post: 'p0', createdAt: '2024-01-01T00:00:00Z' });
    for (const step of ['likes', 'bookmarks']) folder.add(`${step}.jsonl`, ofIt);
    expect((await own.run(folder.path)).code).toBe(0);
    for (const step of ['likes', 'bookmarks'])
      expect(valuesOf(folder.path, `rejects/content-${step}.jsonl`)).toMatchObject([
        { line: 1, reason: 'post: there is no such post' },
      ]);
    expect(await own.query('content', 'SELECT FROM post_like UNION ALL SELECT FROM bookmark')).toEqual([]);
  }, 120_000);

  it('takes the follows of a member whose profile user is just making, as it was told of her account', async () => {
    await using own = await startImport();
    using folder = communityFolder({ ...NOTHING, members: 4, follows: 3, seed: 5 });
    const followee = valuesOf(folder.path, 'follows.jsonl')[0]?.followee ?? '';
    const importing = own.run(folder.path);
    await until(async () => (await own.query('user', 'SELECT FROM profile')).length === 4, 'the handles', 60_000);
    await using consumer = await own.begin('user');
    await consumer.query(`UPDATE profile SET status = 'ACTIVE' WHERE id = '${idOf('member', followee)}'`);
    // It waits for the consumer; or it was over, and has taken her for nobody.
    const waits = "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    const over = "SELECT FROM import.progress WHERE step = 'import/follows' AND finished";
    await until(
      async () => (await own.query('user', waits)).length > 0 || (await own.query('user', over)).length > 0,
      'the follows',
      60_000,
    );
    await consumer.query('COMMIT');
    expect(await importing).toMatchObject({ code: 0, output: expect.not.stringContaining('not taken') });
    expect(await own.query('user', 'SELECT FROM follow')).toHaveLength(3);
  }, 120_000);

  it('keeps two communities apart that call different things by one id', async () => {
    const sources = ['one-forum', 'another-forum'];
    for (const source of sources) {
      using folder = communityFolder(NOTHING);
      const handle = source.replace('-', '_');
      const member = { handle, displayName: source, email: `${handle}@example.com`, createdAt: '2024-01-01T00:00:00Z' };
      folder.add('members.jsonl', JSON.stringify({ id: '7', ...member }));
      expect((await target.run(folder.path, { source })).code).toBe(0);
    }
    expect(
      await target.query('user', "SELECT id FROM profile WHERE handle LIKE '%_forum' ORDER BY handle DESC"),
    ).toEqual(sources.map((source) => ({ id: importIds(source)('member', '7') })));
  }, 120_000);

  it('says what is missing', async () => {
    const { code, output } = await target.run('/nowhere');
    expect(code).toBe(1);
    expect(output).toContain('there is no /nowhere/members.jsonl');
  });
});
