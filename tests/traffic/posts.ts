import { pick } from '@community/import/generate/random';
import type { Client, SignedIn } from '../graph/client.ts';
import * as operations from '../graph/generated/operations.ts';
import { type DatabaseUrls, queryOn } from './databases.ts';

/** What was acknowledged, and must be there at the end. */
export interface Acknowledged {
  readonly members: SignedIn[];
  readonly posts: Set<string>;
  readonly comments: Map<string, string>;
  readonly likes: Map<string, Set<string>>;
  failed: number;
}

/** Writes until told to stop; remembers only what was answered by a success. */
export async function write(
  client: Client,
  boardId: string,
  done: Acknowledged,
  random: () => number,
  running: () => boolean,
): Promise<void> {
  while (running()) {
    try {
      const choice = random();
      if (choice < 0.1 || done.members.length < 3) {
        done.members.push(await client.signUp());
        continue;
      }
      const member = pick(random, done.members);
      if (choice < 0.4 || done.posts.size === 0) {
        const { data } = await client.send(
          operations.CreatePostDocument,
          { input: { boardId, title: 'Chaos', body: 'written while something dies' } },
          member,
        );
        if (data?.createPost?.__typename === 'CreatePostSuccess') done.posts.add(data.createPost.post.id);
        else done.failed += 1;
        continue;
      }
      const postId = pick(random, [...done.posts]);
      if (choice < 0.7) {
        const { data } = await client.send(
          operations.CreateCommentDocument,
          { input: { postId, body: 'so is this' } },
          member,
        );
        if (data?.createComment?.__typename === 'CreateCommentSuccess')
          done.comments.set(data.createComment.comment.id, postId);
        else done.failed += 1;
      } else {
        const { data } = await client.send(operations.LikePostDocument, { input: { postId } }, member);
        if (data?.likePost?.__typename === 'LikePostSuccess')
          done.likes.set(postId, (done.likes.get(postId) ?? new Set()).add(member.id));
        else done.failed += 1;
      }
    } catch {
      // No answer is no acknowledgement. A pause, since a dead gateway refuses at once.
      done.failed += 1;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

/** @returns what was lost, one line each */
export async function findLosses(urls: DatabaseUrls, done: Acknowledged): Promise<string[]> {
  const losses: string[] = [];
  const missing = async (domain: string, table: string, ids: readonly string[]) => {
    const rows = await queryOn<{ id: string }>(
      urls[domain] ?? '',
      `SELECT wanted.id FROM unnest($1::uuid[]) AS wanted (id) WHERE NOT EXISTS (SELECT 1 FROM ${table} WHERE ${table}.id = wanted.id)`,
      [ids],
    );
    for (const { id } of rows) losses.push(`${table} ${id} was acknowledged and is gone`);
  };
  const members = done.members.map(({ id }) => id);
  await missing('auth', 'account', members);
  await missing('user', 'profile', members);
  await missing('content', 'post', [...done.posts]);
  await missing('content', 'comment', [...done.comments.keys()]);
  for (const [postId, likers] of done.likes) {
    const rows = await queryOn<{ member_id: string }>(
      urls.content ?? '',
      'SELECT member_id FROM post_like WHERE post_id = $1',
      [postId],
    );
    const found = new Set(rows.map((row) => row.member_id));
    for (const liker of likers)
      if (!found.has(liker)) losses.push(`the like of ${postId} by ${liker} was acknowledged and is gone`);
  }
  const wrong = await queryOn<{ id: string }>(
    urls.content ?? '',
    'SELECT id FROM post WHERE like_count <> (SELECT count(*) FROM post_like WHERE post_id = post.id) OR comment_count <> (SELECT count(*) FROM comment WHERE post_id = post.id)',
  );
  for (const { id } of wrong) losses.push(`the counters of post ${id} do not agree with what they count`);
  const reserved = await queryOn<{ id: string }>(
    urls.user ?? '',
    "SELECT id FROM profile WHERE id = ANY($1::uuid[]) AND status <> 'ACTIVE'",
    [members],
  );
  for (const { id } of reserved) losses.push(`user was never told of account ${id}`);
  return losses;
}
