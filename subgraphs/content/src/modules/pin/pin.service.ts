import { emit } from '@community/events/outbox';
import type { Transactions } from '@community/events/sql';
import { isId } from '@community/kit/ids';
import { hasRole, type Member } from '@community/kit/member';
import {
  type Forbidden,
  forbidden,
  isProblem,
  type NotFound,
  type NotSignedIn,
  notFound,
  requireMember,
} from '@community/kit/problem';
import type { Tx } from '../../database.ts';
import { isShown } from '../../rules.ts';
import { postEvents } from '../post/post.events.ts';
import type { PostStore } from '../post/post.store.ts';
import type { Post } from '../post/post.ts';
import type { PinStore } from './pin.store.ts';

export type PinService = ReturnType<typeof createPinService>;
export type PinAct = 'pin' | 'unpin' | 'lock' | 'unlock';

/** More would push what is new off the screen. */
const MOST_PINS = 5;

/** What moderators do to posts that stay: pinned at the top of their board, or locked against answers. */
export function createPinService({
  transactions,
  posts,
  pins,
}: {
  transactions: Transactions<Tx>;
  posts: PostStore;
  pins: PinStore;
}) {
  /** @returns whether it was otherwise before */
  async function perform(tx: Tx, post: Post, act: PinAct): Promise<boolean> {
    if (act === 'pin') return pins.add(tx, post);
    if (act === 'unpin') return pins.remove(tx, post.id);
    return (post.lockedAt === null) === (act === 'lock');
  }

  return {
    /** Pins or locks a post, or no longer; well also when it is so already. */
    async act(viewer: Member | null, postId: string, act: PinAct): Promise<Post | NotSignedIn | NotFound | Forbidden> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      if (!hasRole(member, 'MODERATOR')) return forbidden('Only moderators pin and lock posts.');
      if (!isId(postId)) return notFound('post', ['input', 'postId']);
      return transactions.run(async (tx) => {
        const post = await posts.lock(tx, postId);
        if (!post || !isShown(post)) return notFound('post', ['input', 'postId']);
        if (!(await perform(tx, post, act))) return post;
        if (act === 'pin' && (await pins.count(tx, post.boardId)) > MOST_PINS) {
          await pins.remove(tx, post.id);
          return forbidden(`A board has at most ${MOST_PINS} pinned posts: unpin one.`, 'TOO_MANY_PINS');
        }
        const lockedAt = act === 'lock' ? new Date() : act === 'unlock' ? null : undefined;
        const changed = await posts.change(tx, post.id, { lockedAt });
        await emit(transactions.sql(tx), postEvents, {
          type: 'post.arranged',
          aggregateId: post.id,
          aggregateVersion: changed.eventVersion,
          actorId: member.id,
          payload: { postId: post.id, boardId: post.boardId, authorId: post.authorId, act },
        });
        return changed.post;
      });
    },
  };
}
