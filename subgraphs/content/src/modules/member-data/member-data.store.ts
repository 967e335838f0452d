import type { Db, Tx } from '../../database.ts';

export type MemberDataStore = ReturnType<typeof createMemberDataStore>;

/** In the place of an author who was erased. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** A post or comment that was erased, as its event tells it. */
interface ErasedPost {
  readonly id: string;
  readonly boardId: string;
  readonly eventVersion: number;
}
interface ErasedComment {
  readonly id: string;
  readonly postId: string;
  readonly parentId: string | null;
  readonly eventVersion: number;
  /** Whether it was there for others until now. */
  readonly wasShown: boolean;
}

export function createMemberDataStore(prisma: Db) {
  return {
    async postsPage(memberId: string, after: string | null, limit: number) {
      return prisma.post.findMany({
        where: { authorId: memberId, ...(after ? { id: { gt: after } } : {}) },
        orderBy: { id: 'asc' },
        take: limit,
        select: {
          id: true,
          boardId: true,
          title: true,
          body: true,
          language: true,
          tags: { orderBy: { place: 'asc' }, select: { name: true } },
          poll: { select: { multiple: true, closesAt: true, options: { select: { text: true, voteCount: true } } } },
          visibility: true,
          createdAt: true,
          editedAt: true,
        },
      });
    },

    async commentsPage(memberId: string, after: string | null, limit: number) {
      return prisma.comment.findMany({
        where: { authorId: memberId, ...(after ? { id: { gt: after } } : {}) },
        orderBy: { id: 'asc' },
        take: limit,
        select: { id: true, postId: true, parentId: true, body: true, visibility: true, createdAt: true },
      });
    },

    async postLikesPage(memberId: string, after: string | null, limit: number) {
      return prisma.postLike.findMany({
        where: { memberId, ...(after ? { postId: { gt: after } } : {}) },
        orderBy: { postId: 'asc' },
        take: limit,
        select: { postId: true, createdAt: true },
      });
    },

    async commentLikesPage(memberId: string, after: string | null, limit: number) {
      return prisma.commentLike.findMany({
        where: { memberId, ...(after ? { commentId: { gt: after } } : {}) },
        orderBy: { commentId: 'asc' },
        take: limit,
        select: { commentId: true, createdAt: true },
      });
    },

    async bookmarksPage(memberId: string, after: string | null, limit: number) {
      return prisma.bookmark.findMany({
        where: { memberId, ...(after ? { postId: { gt: after } } : {}) },
        orderBy: { postId: 'asc' },
        take: limit,
        select: { postId: true, createdAt: true },
      });
    },

    async draftsPage(memberId: string, after: string | null, limit: number) {
      return prisma.draft.findMany({
        where: { authorId: memberId, ...(after ? { id: { gt: after } } : {}) },
        orderBy: { id: 'asc' },
        take: limit,
        select: { id: true, boardId: true, title: true, body: true, language: true, tags: true, savedAt: true },
      });
    },

    async pollVotesPage(memberId: string, after: string | null, limit: number) {
      return prisma.pollVote.findMany({
        where: { memberId, ...(after ? { optionId: { gt: after } } : {}) },
        orderBy: { optionId: 'asc' },
        take: limit,
        select: { postId: true, optionId: true, createdAt: true, option: { select: { text: true } } },
      });
    },

    async reportsPage(memberId: string, after: string | null, limit: number) {
      return prisma.report.findMany({
        where: { reporterId: memberId, ...(after ? { thingId: { gt: after } } : {}) },
        orderBy: { thingId: 'asc' },
        take: limit,
        select: { thingId: true, reason: true, note: true, createdAt: true },
      });
    },

    async revisionsPage(memberId: string, after: string | null, limit: number) {
      const [thingId, version] = after?.split(' ') ?? [];
      return prisma.revision.findMany({
        where: {
          authorId: memberId,
          ...(thingId ? { OR: [{ thingId: { gt: thingId } }, { thingId, version: { gt: Number(version) } }] } : {}),
        },
        orderBy: [{ thingId: 'asc' }, { version: 'asc' }],
        take: limit,
        select: { thingId: true, version: true, title: true, changes: true, writtenAt: true },
      });
    },

    /** Makes tombstones of a member's posts, without author and words. */
    async erasePosts(tx: Tx, memberId: string): Promise<ErasedPost[]> {
      await tx.$executeRaw`
        DELETE FROM post_tag USING post WHERE post.id = post_id AND author_id = ${memberId}::uuid`;
      await tx.$executeRaw`
        DELETE FROM pinned_post USING post WHERE post.id = post_id AND author_id = ${memberId}::uuid`;
      await tx.post.deleteMany({ where: { authorId: memberId, visibility: 'HELD' } });
      await tx.postLink.deleteMany({ where: { post: { authorId: memberId } } });
      await tx.poll.deleteMany({ where: { post: { authorId: memberId } } });
      return tx.$queryRaw<ErasedPost[]>`
        UPDATE post SET author_id = ${NOBODY}::uuid, title = '', body = '', body_html = '', visibility = 'DELETED',
          version = version + 1, event_version = event_version + 1
        WHERE author_id = ${memberId}::uuid RETURNING id, board_id AS "boardId", event_version AS "eventVersion"`;
    },

    /** Makes tombstones of a member's comments; posts count those that were shown no longer. */
    async eraseComments(tx: Tx, memberId: string): Promise<ErasedComment[]> {
      await tx.$executeRaw`
        UPDATE post SET comment_count = comment_count - shown.count
        FROM (SELECT post_id, count(*)::int AS count FROM comment
              WHERE author_id = ${memberId}::uuid AND visibility = 'PUBLIC' GROUP BY post_id) AS shown
        WHERE post.id = shown.post_id`;
      await tx.comment.deleteMany({ where: { authorId: memberId, visibility: 'HELD' } });
      return tx.$queryRaw<ErasedComment[]>`
        UPDATE comment SET author_id = ${NOBODY}::uuid, body = '', body_html = '', visibility = 'DELETED',
          event_version = comment.event_version + 1
        FROM comment AS before WHERE comment.author_id = ${memberId}::uuid AND before.id = comment.id
        RETURNING comment.id, comment.post_id AS "postId", comment.parent_id AS "parentId",
          comment.event_version AS "eventVersion", before.visibility = 'PUBLIC' AS "wasShown"`;
    },

    /** Takes back a member's likes. @returns how many of posts and of comments */
    async eraseLikes(tx: Tx, memberId: string): Promise<{ postLikes: number; commentLikes: number }> {
      const postLikes = await tx.$executeRaw`
        WITH gone AS (DELETE FROM post_like WHERE member_id = ${memberId}::uuid RETURNING post_id)
        UPDATE post SET like_count = like_count - 1 FROM gone WHERE post.id = gone.post_id`;
      const commentLikes = await tx.$executeRaw`
        WITH gone AS (DELETE FROM comment_like WHERE member_id = ${memberId}::uuid RETURNING comment_id)
        UPDATE comment SET like_count = like_count - 1 FROM gone WHERE comment.id = gone.comment_id`;
      return { postLikes, commentLikes };
    },

    /** Forgets her drafts, what she reported and what was reported of hers, what she said before, what she bookmarked, whom she followed, blocked and muted, who did it to her, that she was private or suspended, and that boards were made by her. */
    async eraseTraces(tx: Tx, memberId: string): Promise<void> {
      await tx.bookmark.deleteMany({ where: { memberId } });
      await tx.revision.deleteMany({ where: { authorId: memberId } });
      await tx.draft.deleteMany({ where: { authorId: memberId } });
      await tx.report.deleteMany({ where: { reporterId: memberId } });
      await tx.moderationCase.deleteMany({ where: { authorId: memberId } });
      await tx.moderationCase.updateMany({ where: { decidedBy: memberId }, data: { decidedBy: NOBODY } });
      await tx.memberBlock.deleteMany({ where: { OR: [{ blockerId: memberId }, { blockedId: memberId }] } });
      await tx.memberMute.deleteMany({ where: { OR: [{ muterId: memberId }, { mutedId: memberId }] } });
      await tx.memberFollow.deleteMany({ where: { OR: [{ followerId: memberId }, { followeeId: memberId }] } });
      await tx.privateMember.deleteMany({ where: { memberId } });
      await tx.suspendedMember.deleteMany({ where: { memberId } });
      await tx.memberHandle.deleteMany({ where: { memberId } });
      await tx.board.updateMany({ where: { createdBy: memberId }, data: { createdBy: NOBODY } });
    },
  };
}
