import { emit } from '@community/events/outbox';
import type { Transactions } from '@community/events/sql';
import { oncePerKey } from '@community/kit/client-mutation';
import { isId, newId } from '@community/kit/ids';
import type { Member } from '@community/kit/member';
import {
  type Conflict,
  type Forbidden,
  forbidden,
  type Invalid,
  isProblem,
  type NotFound,
  type NotSignedIn,
  notFound,
  requireMember,
  versionConflict,
} from '@community/kit/problem';
import type { Tx } from '../../database.ts';
import { renderMarkdown } from '../../markdown.ts';
import { hasWords } from '../../rules.ts';
import type { AudienceStore } from '../audience/audience.store.ts';
import type { BoardStore } from '../board/board.store.ts';
import type { TakeAway } from '../moderation/take-away.ts';
import { readPoll } from '../poll/poll.policy.ts';
import type { NewPoll } from '../poll/poll.ts';
import type { PreviewLinks } from '../preview/preview.task.ts';
import type { RevisionStore } from '../revision/revision.store.ts';
import { readTags } from '../tag/tag.policy.ts';
import type { TagStore } from '../tag/tag.store.ts';
import type { Validation } from '../validation/validation.ts';
import { postEvents } from './post.events.ts';
import { canEdit, checkPost, type PostWords, readPost, removerOf } from './post.policy.ts';
import type { PostStore } from './post.store.ts';
import type { Post } from './post.ts';
import type { PostPublisher } from './publish.ts';

export type PostService = ReturnType<typeof createPostService>;

export interface PostChanged<Name extends string> {
  readonly __typename: Name;
  readonly post: Post;
}

export interface NewPost extends PostWords {
  readonly boardId: string;
  readonly poll: NewPoll | null;
  readonly clientMutationId: string | null;
}

export interface PostEdit {
  readonly postId: string;
  readonly title?: string;
  readonly body?: string;
  readonly tags?: readonly string[];
  readonly expectedVersion: number;
}

const NO_SUCH_POST = () => notFound('post', ['input', 'postId']);

export function createPostService({
  transactions,
  posts,
  boards,
  audience,
  tags,
  revisions,
  publisher,
  validation,
  takeAway,
  previewLinks,
}: {
  transactions: Transactions<Tx>;
  posts: PostStore;
  boards: BoardStore;
  audience: AudienceStore;
  publisher: PostPublisher;
  validation: Validation;
  takeAway: TakeAway;
  previewLinks: PreviewLinks;
  tags: TagStore;
  revisions: RevisionStore;
}) {
  const facts = (post: Post) => ({ postId: post.id, boardId: post.boardId, authorId: post.authorId });

  return {
    /** Publishes a post on a board. */
    async create(
      viewer: Member | null,
      { clientMutationId, ...input }: NewPost,
    ): Promise<PostChanged<'CreatePostSuccess'> | NotSignedIn | Invalid | NotFound | Forbidden | Conflict> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      const words = readPost(input);
      if (isProblem(words)) return words;
      const poll = input.poll && readPoll(input.poll);
      if (poll && isProblem(poll)) return poll;
      const body = [words.body, ...(poll?.options ?? [])].join('\n\n');
      const judged = validation.judge(member, { title: words.title, body });
      if (isProblem(judged)) return judged;
      const draft = { ...words, boardId: input.boardId, poll };
      if (!isId(draft.boardId)) return notFound('board', ['input', 'boardId']);
      return transactions.run((tx) =>
        oncePerKey<PostChanged<'CreatePostSuccess'> | NotFound | Forbidden>(
          transactions.sql(tx),
          { actor: member.id, key: clientMutationId, operation: 'createPost', input: draft },
          async () => {
            if (!(await boards.byId(tx, draft.boardId))) return notFound('board', ['input', 'boardId']);
            const tooFast = await validation.count(member, 'post');
            if (tooFast) return tooFast;
            const post = await publisher.publish(tx, member, { ...draft, id: newId() }, judged);
            return { result: { __typename: 'CreatePostSuccess', post }, remember: { id: post.id } };
          },
          async ({ id }) => {
            const post = await posts.byId(tx, String(id));
            return post ? { __typename: 'CreatePostSuccess', post } : NO_SUCH_POST();
          },
        ),
      );
    },

    /** Changes the words of the viewer's own post, when it is still at the version that she read. */
    async edit(
      viewer: Member | null,
      input: PostEdit,
    ): Promise<PostChanged<'EditPostSuccess'> | NotSignedIn | Invalid | NotFound | Forbidden | Conflict> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      const title = input.title?.normalize('NFC').trim();
      const body = input.body?.normalize('NFC').trim();
      const names = input.tags && readTags(input.tags);
      if (names && !Array.isArray(names)) return names;
      const fault = checkPost({ title, body }) ?? validation.judgeEdit(member, { title, body });
      if (fault) return fault;
      if (!isId(input.postId)) return NO_SUCH_POST();
      return transactions.run(async (tx) => {
        const post = await posts.shownTo(tx, input.postId, member.id, { lock: true });
        if (!post) return NO_SUCH_POST();
        if (!canEdit(member, post)) return forbidden('Only its author edits a post.');
        if (post.version !== input.expectedVersion) return versionConflict(post.version);
        const changed = await posts.change(tx, post.id, {
          title,
          body,
          ...(body === undefined ? {} : { bodyHtml: renderMarkdown(body) }),
          version: { increment: 1 },
          editedAt: new Date(),
        });
        if (names) await tags.replace(tx, post, names);
        await revisions.record(tx, post, changed.post);
        if (body !== undefined) await previewLinks(tx, changed.post, post);
        await emit(transactions.sql(tx), postEvents, {
          type: 'post.edited',
          aggregateId: post.id,
          aggregateVersion: changed.eventVersion,
          actorId: member.id,
          payload: facts(post),
        });
        return { __typename: 'EditPostSuccess', post: changed.post };
      });
    },

    /** Takes a post away: its author, or a moderator. A tombstone keeps its place; well also when it is gone already. */
    async delete(
      viewer: Member | null,
      postId: string,
    ): Promise<PostChanged<'DeletePostSuccess'> | NotSignedIn | NotFound | Forbidden> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      if (!isId(postId)) return NO_SUCH_POST();
      return transactions.run(async (tx) => {
        const post = await posts.lock(tx, postId);
        if (!post) return NO_SUCH_POST();
        const by = removerOf(member, post);
        if (!by)
          return post.visibility !== 'HELD' && (await audience.seesAll(tx, member.id, [post.authorId]))
            ? forbidden('Only its author or a moderator deletes a post.')
            : NO_SUCH_POST();
        if (!hasWords(post)) return { __typename: 'DeletePostSuccess', post };
        return { __typename: 'DeletePostSuccess', post: await takeAway.post(tx, member, post, by) };
      });
    },
  };
}
