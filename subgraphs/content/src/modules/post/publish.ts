import { emit } from '@community/events/outbox';
import type { Transactions } from '@community/events/sql';
import type { Member } from '@community/kit/member';
import type { Tx } from '../../database.ts';
import { mentionsIn, renderMarkdown } from '../../markdown.ts';
import type { AudienceStore } from '../audience/audience.store.ts';
import type { MentionStore } from '../mention/mention.store.ts';
import type { CaseStore } from '../moderation/case.store.ts';
import type { PollStore } from '../poll/poll.store.ts';
import type { NewPoll } from '../poll/poll.ts';
import type { PreviewLinks } from '../preview/preview.task.ts';
import type { TagStore } from '../tag/tag.store.ts';
import type { Admitted } from '../validation/validation.ts';
import { postEvents } from './post.events.ts';
import type { PostWords } from './post.policy.ts';
import type { PostStore } from './post.store.ts';
import type { Post } from './post.ts';

export type PostPublisher = ReturnType<typeof createPostPublisher>;

/** Makes posts of words that were read and judged, tells of them, and says to whom they speak. */
export function createPostPublisher({
  transactions,
  posts,
  audience,
  mentions,
  tags,
  polls,
  cases,
  previewLinks,
}: {
  transactions: Transactions<Tx>;
  posts: PostStore;
  audience: AudienceStore;
  mentions: MentionStore;
  tags: TagStore;
  polls: PollStore;
  cases: CaseStore;
  previewLinks: PreviewLinks;
}) {
  async function tell(tx: Tx, post: Post, eventVersion: number): Promise<void> {
    const { id: postId, boardId, authorId, language } = post;
    await previewLinks(tx, post, null);
    const called = await mentions.membersCalled(tx, mentionsIn(`${post.title}\n\n${post.body}`));
    const mentionedIds = await audience.viewersAmong(tx, authorId, called);
    await emit(transactions.sql(tx), postEvents, {
      type: 'post.published',
      aggregateId: postId,
      aggregateVersion: eventVersion,
      actorId: authorId,
      payload: { postId, boardId, authorId, language, mentionedIds },
    });
  }

  return {
    /** Publishes a post, or keeps it until a moderator has looked at it: then it is told of when it is released. */
    async publish(
      tx: Tx,
      member: Member,
      {
        tags: names,
        poll,
        ...words
      }: PostWords & { readonly id: string; readonly boardId: string; readonly poll: NewPoll | null },
      { heldFor }: Admitted,
    ): Promise<Post> {
      const post = await posts.create(tx, {
        ...words,
        authorId: member.id,
        bodyHtml: renderMarkdown(words.body),
        visibility: heldFor ? 'HELD' : 'PUBLIC',
      });
      if (names.length > 0) await tags.replace(tx, post, names);
      if (poll) await polls.create(tx, post.id, poll);
      if (heldFor)
        await cases.open(tx, { kind: 'POST', id: post.id, authorId: post.authorId, origin: 'HELD', heldFor });
      else await tell(tx, post, 1);
      return post;
    },

    /** Shows a locked post that was held. */
    async release(tx: Tx, { id }: Post): Promise<void> {
      const { post, eventVersion } = await posts.change(tx, id, { visibility: 'PUBLIC' });
      await tell(tx, post, eventVersion);
    },
  };
}
