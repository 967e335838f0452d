import type { Transactions } from '@community/events/sql';
import { isId } from '@community/kit/ids';
import type { Member } from '@community/kit/member';
import {
  type Invalid,
  isProblem,
  type NotFound,
  type NotSignedIn,
  notFound,
  requireMember,
} from '@community/kit/problem';
import type { Tx } from '../../database.ts';
import type { PostStore } from '../post/post.store.ts';
import type { Post } from '../post/post.ts';
import { checkVote } from './poll.policy.ts';
import type { PollStore } from './poll.store.ts';

export type PollService = ReturnType<typeof createPollService>;

/** Votes. They are the member's own: no event tells of them, and counts name nobody. */
export function createPollService({
  transactions,
  polls,
  posts,
}: {
  transactions: Transactions<Tx>;
  polls: PollStore;
  posts: PostStore;
}) {
  return {
    /** Sets what the member chooses in the poll of a post, instead of what she chose before; no option takes it back. */
    async vote(
      viewer: Member | null,
      postId: string,
      optionIds: readonly string[],
    ): Promise<Post | NotSignedIn | NotFound | Invalid> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      const noSuchPoll = notFound('poll', ['input', 'postId']);
      if (!isId(postId)) return noSuchPoll;
      return transactions.run(async (tx) => {
        const post = await posts.shownTo(tx, postId, member.id, { lock: true });
        if (!post) return noSuchPoll;
        const poll = await polls.ofPost(tx, postId);
        if (!poll) return noSuchPoll;
        const fault = checkVote(poll, optionIds);
        if (fault) return fault;
        await polls.choose(tx, member.id, postId, optionIds);
        return post;
      });
    },
  };
}
