import { anyOf } from '@community/kit/asked-rows';
import type { Db, Tx } from '../../database.ts';

export type TagStore = ReturnType<typeof createTagStore>;

export function createTagStore(prisma: Db) {
  return {
    /** Sets all tags of a post. */
    async replace(tx: Tx, post: { id: string; createdAt: Date }, names: readonly string[]): Promise<void> {
      await tx.postTag.deleteMany({ where: { postId: post.id, name: { notIn: [...names] } } });
      if (names.length === 0) return;
      await tx.$executeRaw`
        INSERT INTO post_tag (name, post_id, place, posted_at)
        SELECT name, ${post.id}::uuid, place, ${post.createdAt}::timestamptz
        FROM unnest(${[...names]}::text[]) WITH ORDINALITY AS tag (name, place)
        ON CONFLICT (post_id, name) DO UPDATE SET place = EXCLUDED.place`;
    },

    /** The tags of each post, in the order of the ids. */
    async ofPosts(ids: readonly string[]): Promise<string[][]> {
      const rows = await prisma.$queryRaw<{ postId: string; name: string }[]>`
        SELECT post_id AS "postId", name FROM post_tag WHERE post_id = ANY(${anyOf(ids)}::uuid[]) ORDER BY place`;
      const found = new Map(ids.map((id) => [id, [] as string[]]));
      for (const { postId, name } of rows) found.get(postId)?.push(name);
      return ids.map((id) => found.get(id) ?? []);
    },
  };
}
