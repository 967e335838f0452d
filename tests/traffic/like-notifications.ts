import { until } from '@community/testing/wait';
import { type DatabaseUrls, queryOn } from './databases.ts';

interface Likes {
  readonly post: string;
  readonly author: string;
  readonly likes: number;
}

/**
 * Compares what authors are shown of likes with the likes that there are: one notification a post, which counts each
 * once. To be called when nothing is on its way any more and nobody has read her inbox.
 * @returns where the two differ, one line each
 */
export async function findLikeFaults(urls: DatabaseUrls): Promise<string[]> {
  const { content = '', notification = '' } = urls;
  await until(
    async () => (await queryOn(notification, 'SELECT FROM pending_act LIMIT 1')).length === 0,
    'the inboxes being merged',
    60_000,
  );
  const liked = await queryOn<Likes>(
    content,
    `SELECT post.id AS post, author_id AS author, count(*)::int AS likes FROM post JOIN post_like ON post_id = post.id
     WHERE member_id <> author_id GROUP BY post.id`,
  );
  const shown = await queryOn<Likes>(
    notification,
    "SELECT target_id AS post, recipient_id AS author, actor_count AS likes FROM notification WHERE kind = 'LIKE' AND target_type = 'POST' AND shown",
  );
  const faults: string[] = [];
  for (const { post, author, likes } of liked) {
    const told = shown.filter((one) => one.post === post && one.author === author);
    if (told.length !== 1 || told[0]?.likes !== likes)
      faults.push(`${likes} likes of post ${post} are shown as [${told.map((one) => one.likes).join(', ')}]`);
  }
  const posts = new Set(liked.map(({ post }) => post));
  for (const { post, likes } of shown)
    if (!posts.has(post)) faults.push(`${likes} likes of post ${post} are shown that are not there`);
  return faults;
}
