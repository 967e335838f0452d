import { newId } from '@community/kit/ids';
import { inOrder } from '@community/kit/loader';
import type { Db, Tx } from '../../database.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import type { NewPoll, Poll } from './poll.ts';

export type PollStore = ReturnType<typeof createPollStore>;

const FIELDS = {
  postId: true,
  multiple: true,
  closesAt: true,
  voterCount: true,
  options: { orderBy: { place: 'asc' }, select: { id: true, text: true, voteCount: true } },
} satisfies Prisma.PollSelect;

/** Takes votes back and uncounts them. @returns how many */
const takeBack = (tx: Tx, which: Prisma.Sql): Promise<number> => tx.$executeRaw`
  WITH gone AS (DELETE FROM poll_vote WHERE ${which} RETURNING option_id)
  UPDATE poll_option SET vote_count = vote_count - 1 FROM gone WHERE poll_option.id = gone.option_id`;

export function createPollStore(prisma: Db) {
  return {
    /** The polls of posts, in the order of the ids; null of those that ask nothing. */
    async ofPosts(postIds: readonly string[]): Promise<(Poll | null)[]> {
      const rows = await prisma.poll.findMany({ where: { postId: { in: [...postIds] } }, select: FIELDS });
      return inOrder(postIds, rows, (row) => row.postId);
    },

    async ofPost(tx: Tx, postId: string): Promise<Poll | null> {
      return tx.poll.findUnique({ where: { postId }, select: FIELDS });
    },

    async create(tx: Tx, postId: string, { options, multiple, closesAt }: NewPoll): Promise<void> {
      await tx.poll.create({ data: { postId, multiple, closesAt }, select: { postId: true } });
      await tx.pollOption.createMany({ data: options.map((text, place) => ({ id: newId(), postId, place, text })) });
    },

    /** What the member chose in the polls of posts, in the order of the ids. */
    async choices(memberId: string, postIds: readonly string[]): Promise<string[][]> {
      const rows = await prisma.pollVote.findMany({
        where: { memberId, postId: { in: [...postIds] } },
        orderBy: { optionId: 'asc' },
        select: { postId: true, optionId: true },
      });
      return postIds.map((id) => rows.filter((row) => row.postId === id).map((row) => row.optionId));
    },

    /** Sets what the member chooses in the poll of a post, whose row is locked, and counts it. */
    async choose(tx: Tx, memberId: string, postId: string, optionIds: readonly string[]): Promise<void> {
      const gone = await takeBack(tx, Prisma.sql`member_id = ${memberId}::uuid AND post_id = ${postId}::uuid`);
      const chosen = [...new Set(optionIds)];
      if (chosen.length > 0) {
        await tx.pollVote.createMany({ data: chosen.map((optionId) => ({ memberId, postId, optionId })) });
        await tx.pollOption.updateMany({ where: { id: { in: chosen } }, data: { voteCount: { increment: 1 } } });
      }
      const voters = Number(chosen.length > 0) - Number(gone > 0);
      if (voters !== 0) await tx.poll.update({ where: { postId }, data: { voterCount: { increment: voters } } });
    },

    /** Takes back all votes of a member. @returns how many */
    async takeBackAll(tx: Tx, memberId: string): Promise<number> {
      await tx.$executeRaw`
        UPDATE poll SET voter_count = voter_count - 1
        WHERE post_id IN (SELECT post_id FROM poll_vote WHERE member_id = ${memberId}::uuid)`;
      return takeBack(tx, Prisma.sql`member_id = ${memberId}::uuid`);
    },
  };
}
