import { execFile } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync, type WriteStream } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { generateCommunity, type Size } from '@community/import/generate/community';
import { DEFAULT_SOURCE, importIds } from '@community/import/import-ids';
import { forEach } from '@community/testing/for-each';
import { hash } from '@node-rs/argon2';
import type { TestPlatform } from '../../tests/platform.ts';
import { SIGN_IN } from './operations.ts';

const run = promisify(execFile);
const PASSWORD = 'correct horse battery staple';
const DOMAINS = ['auth', 'user', 'content'];

/** What the load is drawn from. */
export interface Community {
  /** The posts, the most commented first. */
  readonly postIds: readonly string[];
  readonly handles: readonly string[];
  /** Access tokens of members who are signed in. */
  readonly tokens: readonly string[];
}

/** Fills a platform by the import. @param signing how many of the members can sign in */
export async function fill(
  platform: TestPlatform,
  size: Size,
  signing: number,
): Promise<Omit<Community, 'tokens'> & { readonly importSeconds: number }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'community-bench-'));
  try {
    const passwordHash = await hash(PASSWORD, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
    const comments = new Map<string, number>();
    const handles: string[] = [];
    const streams = new Map<string, WriteStream>();
    for (const { file, value } of generateCommunity(size)) {
      const stream = streams.get(file) ?? createWriteStream(path.join(folder, file));
      streams.set(file, stream);
      const record = value as { id?: string; post?: string; handle?: string };
      const known = file === 'members.jsonl' && handles.length < signing ? { ...record, passwordHash } : record;
      if (record.handle) handles.push(record.handle);
      if (file === 'posts.jsonl' && record.id) comments.set(record.id, 0);
      if (file === 'comments.jsonl' && record.post) comments.set(record.post, (comments.get(record.post) ?? 0) + 1);
      stream.write(`${JSON.stringify(known)}\n`);
    }
    await Promise.all([...streams.values()].map((stream) => new Promise<void>((done) => stream.end(() => done()))));
    const start = performance.now();
    const databases = DOMAINS.map((name) => [`DATABASE_URL_${name.toUpperCase()}`, platform.databaseUrl(name)]);
    await run(process.execPath, ['--import', 'tsx', 'packages/import/bin/import.ts', folder], {
      env: { ...process.env, ...Object.fromEntries(databases) },
    });
    const importSeconds = (performance.now() - start) / 1_000;
    return {
      postIds: [...comments].sort(([, a], [, b]) => b - a).map(([id]) => importIds(DEFAULT_SOURCE)('post', id)),
      handles,
      importSeconds,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Signs members in, for the ten minutes that their tokens hold. */
export const signIn = (platform: TestPlatform, count: number): Promise<string[]> =>
  forEach(Array.from({ length: count }), (_, index) => tokenOf(platform.url, `m${index}@example.com`));

async function tokenOf(url: string, email: string): Promise<string> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: SIGN_IN, variables: { input: { email, password: PASSWORD } } }),
  });
  const { data } = (await response.json()) as { data: { signIn: { session?: { accessToken: string } } } };
  if (!data.signIn.session) throw new Error(`sign-in failed: ${JSON.stringify(data)}`);
  return data.signIn.session.accessToken;
}
