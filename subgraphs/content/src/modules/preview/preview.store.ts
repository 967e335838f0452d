import { anyOf } from '@community/kit/asked-rows';
import { inOrder } from '@community/kit/loader';
import type { Db, Tx } from '../../database.ts';
import type { PageDescription } from './describe-page.ts';

export type PreviewStore = ReturnType<typeof createPreviewStore>;

/** What a page that a post links to says of itself. */
export interface LinkPreview extends PageDescription {
  readonly postId: string;
  readonly url: string;
  readonly title: string;
}

/** After this long a page is read again when another post links to it. */
const FRESH_MS = 24 * 3_600_000;

export function createPreviewStore(prisma: Db) {
  return {
    /** The previews of posts, in the order of the ids; null where there is none. */
    async ofPosts(postIds: readonly string[]): Promise<(LinkPreview | null)[]> {
      const rows = await prisma.$queryRaw<LinkPreview[]>`
        SELECT post_id AS "postId", url, title, description, site_name AS "siteName"
        FROM post_link JOIN link_preview USING (url) WHERE post_id = ANY(${anyOf(postIds)}::uuid[]) AND title IS NOT NULL`;
      return inOrder(postIds, rows, (row) => row.postId);
    },

    /** Sets to which page a post links first. */
    async setLink(tx: Tx, postId: string, url: string | null): Promise<void> {
      if (url === null) await tx.postLink.deleteMany({ where: { postId } });
      else
        await tx.postLink.upsert({
          where: { postId },
          create: { postId, url },
          update: { url },
          select: { postId: true },
        });
    },

    /** Whether a page was read a short time ago, with whatever result. */
    async isFresh(tx: Tx, url: string): Promise<boolean> {
      return (await tx.linkPreview.count({ where: { url, fetchedAt: { gt: new Date(Date.now() - FRESH_MS) } } })) > 0;
    },

    /** Forgets pages to which no post links any more, unless they were read a short time ago. */
    async sweep(tx: Tx): Promise<void> {
      await tx.$executeRaw`
        DELETE FROM link_preview WHERE fetched_at < ${new Date(Date.now() - FRESH_MS)}
          AND NOT EXISTS (SELECT FROM post_link WHERE post_link.url = link_preview.url)`;
    },

    async save(tx: Tx, url: string, described: PageDescription): Promise<void> {
      const data = { ...described, fetchedAt: new Date() };
      await tx.linkPreview.upsert({ where: { url }, create: { url, ...data }, update: data, select: { url: true } });
    },
  };
}
