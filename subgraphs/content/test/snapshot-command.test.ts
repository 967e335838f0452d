import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { startDomain, type TestDomain } from '@community/testing/domain';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { snapshotSources } from '../../../packages/events/bin/snapshot.ts';
import { content } from '../src/content.ts';
import { createBoard, createComment, createPost, toldOf } from './support.ts';

const run = promisify(execFile);
let domain: TestDomain;
beforeAll(async () => {
  domain = await startDomain(content);
});
afterAll(() => domain[Symbol.asyncDispose]());

/** What the command printed, and whether it ended well. */
async function command(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, ...domain.env };
  return run(process.execPath, ['--import', 'tsx', 'packages/events/bin/events.ts', 'snapshot', ...args], { env }).then(
    (printed) => ({ code: 0, ...printed }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  );
}

it('tells all that there is again, and says how far it is', async () => {
  const member = domain.keys.member();
  const boardId = await createBoard(domain);
  const postId = await createPost(domain, member, boardId);
  const commentId = await createComment(domain, member, postId);
  const { code, stdout, stderr } = await command('content', '--json');
  expect(code, stderr).toBe(0);
  expect(JSON.parse(stdout)).toEqual(['board', 'comment', 'post'].map((source) => ({ source, sent: 1, done: true })));
  expect(stderr).toMatch(/asked for board, comment, post.*comment: 1, done/s);
  for (const [key, told] of [
    [boardId, 'board.snapshot'],
    [postId, 'post.snapshot'],
    [commentId, 'comment.snapshot'],
  ] as const)
    expect((await toldOf(domain, key)).at(-1)).toContain(told);
});

it('tells one kind of things when that is asked for', async () => {
  const { stdout } = await command('content', '--source', 'post', '--json');
  expect(JSON.parse(stdout)).toMatchObject([{ source: 'post', done: true }]);
});

it('refuses at once what there is not, and names what there is', async () => {
  const unknown = await command('search');
  expect(unknown.code).toBe(1);
  expect(unknown.stderr).toMatch(/^search tells nothing again: choose from auth, chat, content, user /);
  const source = await command('content', '--source', 'user');
  expect(source.code).toBe(1);
  expect(source.stderr).toMatch(/^content has no source user: choose from board, comment, post /);
  expect((await domain.database.query("SELECT FROM events.snapshot_run WHERE source = 'user'")).rowCount).toBe(0);
});

it('knows the sources of every domain by its contract', () => {
  const defined = readdirSync('subgraphs').flatMap((name) => {
    const folder = path.join('subgraphs', name, 'src');
    const files = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
    return files
      .filter((file) => file.endsWith('.snapshots.ts'))
      .flatMap((file) => /^ +name: '(\w+)',$/m.exec(readFileSync(path.join(folder, file), 'utf8'))?.[1] ?? [])
      .map((source) => `${name} ${source}`);
  });
  const known = [...snapshotSources('subgraphs')].flatMap(([name, sources]) =>
    sources.map((source) => `${name} ${source}`),
  );
  expect(known.sort()).toEqual(defined.sort());
});
