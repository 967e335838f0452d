import { emit } from '@community/events/outbox';
import type { Transactions } from '@community/events/sql';
import type { Member } from '@community/kit/member';
import type { Tx } from '../../database.ts';
import { mentionsIn, renderMarkdown } from '../../markdown.ts';
import type { AudienceStore } from '../audience/audience.store.ts';
import type { MentionStore } from '../mention/mention.store.ts';
import type { TagStore } from '../tag/tag.store.ts';
import { postEvents } from './post.events.ts';
import type { PostWords } from './post.policy.ts';
import type { PostStore } from './post.store.ts';
import type { Post } from './post.ts';

export type Publish = ReturnType<typeof createPublish>;

/** Makes a post of words that were read, tells of it, and says to whom it speaks. */
export function createPublish({
  transactions,
  posts,
  audience,
  mentions,
  tags,
}: {
  transactions: Transactions<Tx>;
  posts: PostStore;
  audience: AudienceStore;
  mentions: MentionStore;
  tags: TagStore;
}) {
  return async function publish(
    tx: Tx,
    member: Member,
    { tags: names, ...words }: PostWords & { readonly id: string; readonly boardId: string },
  ): Promise<Post> {
    const post = await posts.create(tx, { ...words, authorId: member.id, bodyHtml: renderMarkdown(words.body) });
    await tags.replace(tx, post, names);
    const called = await mentions.membersCalled(tx, mentionsIn(`${post.title}\n\n${post.body}`));
    const mentionedIds = await audience.viewersAmong(tx, member.id, called);
    await emit(transactions.sql(tx), postEvents, {
      type: 'post.published',
      aggregateId: post.id,
      aggregateVersion: 1,
      actorId: member.id,
      payload: {
        postId: post.id,
        boardId: post.boardId,
        authorId: post.authorId,
        language: post.language,
        mentionedIds,
      },
    });
    return post;
  };
}
