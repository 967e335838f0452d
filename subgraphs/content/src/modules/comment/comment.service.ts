import { emit } from '@community/events/outbox';
import type { Transactions } from '@community/events/sql';
import { oncePerKey } from '@community/kit/client-mutation';
import { isId } from '@community/kit/ids';
import { hasRole, type Member } from '@community/kit/member';
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
import type { TakeAway } from '../moderation/take-away.ts';
import { canEdit, removerOf } from '../post/post.policy.ts';
import type { PostStore } from '../post/post.store.ts';
import type { RevisionStore } from '../revision/revision.store.ts';
import type { Admitted, Validation } from '../validation/validation.ts';
import { commentEvents } from './comment.events.ts';
import { checkComment } from './comment.policy.ts';
import type { CommentStore } from './comment.store.ts';
import type { Comment } from './comment.ts';
import type { CommentPublisher, Place } from './publish.ts';

export type CommentService = ReturnType<typeof createCommentService>;

export interface CommentChanged<Name extends string> {
  readonly __typename: Name;
  readonly comment: Comment;
}

export interface NewComment {
  readonly postId: string;
  readonly parentId: string | null;
  readonly body: string;
  readonly clientMutationId: string | null;
}

export interface CommentEdit {
  readonly commentId: string;
  readonly body: string;
  readonly expectedVersion: number;
}

type Created = CommentChanged<'CreateCommentSuccess'>;

const NO_SUCH_COMMENT = () => notFound('comment', ['input', 'commentId']);

export function createCommentService({
  transactions,
  comments,
  posts,
  audience,
  revisions,
  takeAway,
  publisher,
  validation,
}: {
  transactions: Transactions<Tx>;
  comments: CommentStore;
  posts: PostStore;
  audience: AudienceStore;
  revisions: RevisionStore;
  takeAway: TakeAway;
  publisher: CommentPublisher;
  validation: Validation;
}) {
  const facts = (comment: Comment) => ({
    commentId: comment.id,
    postId: comment.postId,
    parentId: comment.parentId,
    authorId: comment.authorId,
  });

  /** What a comment answers, when the member may answer it. The post's row, then the parent's, is locked: always in this order. */
  async function findPlace(tx: Tx, member: Member, input: NewComment): Promise<Place | NotFound | Forbidden> {
    const post = isId(input.postId) ? await posts.shownTo(tx, input.postId, member.id, { lock: true }) : null;
    if (!post) return notFound('post', ['input', 'postId']);
    const { parentId } = input;
    const parent = parentId && isId(parentId) ? await comments.shownTo(tx, parentId, member.id, { lock: true }) : null;
    if (parentId && parent?.postId !== post.id) return notFound('comment', ['input', 'parentId']);
    if (post.lockedAt && !hasRole(member, 'MODERATOR'))
      return forbidden('This post is locked: only moderators answer it.', 'LOCKED');
    return { post, parent };
  }

  async function add(
    tx: Tx,
    member: Member,
    input: NewComment,
    judged: Admitted,
  ): Promise<Created | NotFound | Invalid | Forbidden> {
    const place = await findPlace(tx, member, input);
    if (isProblem(place)) return place;
    const fault = checkComment(input, place.parent?.depth ?? null);
    if (fault) return fault;
    const tooFast = await validation.count(member, 'comment');
    if (tooFast) return tooFast;
    const comment = await publisher.publish(tx, member, place, input.body, judged);
    return { __typename: 'CreateCommentSuccess', comment };
  }

  return {
    /** Answers a post, or a comment. */
    async create(
      viewer: Member | null,
      { clientMutationId, ...input }: NewComment,
    ): Promise<Created | NotSignedIn | Invalid | NotFound | Forbidden | Conflict> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      const draft = { ...input, body: input.body.normalize('NFC').trim() };
      const fault = checkComment(draft, null);
      if (fault) return fault;
      const judged = validation.judge(member, draft);
      if (isProblem(judged)) return judged;
      return transactions.run((tx) =>
        oncePerKey<Created | NotFound | Invalid | Forbidden>(
          transactions.sql(tx),
          { actor: member.id, key: clientMutationId, operation: 'createComment', input: draft },
          async () => {
            const result = await add(tx, member, { ...draft, clientMutationId }, judged);
            return isProblem(result) ? result : { result, remember: { id: result.comment.id } };
          },
          async ({ id }) => {
            const comment = await comments.byId(tx, String(id));
            return comment ? { __typename: 'CreateCommentSuccess', comment } : NO_SUCH_COMMENT();
          },
        ),
      );
    },

    /** Changes the words of the viewer's own comment, when it is still at the version that she read. */
    async edit(
      viewer: Member | null,
      input: CommentEdit,
    ): Promise<CommentChanged<'EditCommentSuccess'> | NotSignedIn | Invalid | NotFound | Forbidden | Conflict> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      const body = input.body.normalize('NFC').trim();
      const fault = checkComment({ body }, null) ?? validation.judgeEdit(member, { body });
      if (fault) return fault;
      if (!isId(input.commentId)) return NO_SUCH_COMMENT();
      return transactions.run(async (tx) => {
        const comment = await comments.shownTo(tx, input.commentId, member.id, { lock: true });
        if (!comment) return NO_SUCH_COMMENT();
        if (!canEdit(member, comment)) return forbidden('Only its author edits a comment.');
        if (comment.version !== input.expectedVersion) return versionConflict(comment.version);
        const changed = await comments.change(tx, comment.id, {
          body,
          bodyHtml: renderMarkdown(body),
          version: { increment: 1 },
          editedAt: new Date(),
        });
        await revisions.record(tx, comment, changed.comment);
        await emit(transactions.sql(tx), commentEvents, {
          type: 'comment.edited',
          aggregateId: comment.id,
          aggregateVersion: changed.eventVersion,
          actorId: member.id,
          payload: facts(comment),
        });
        return { __typename: 'EditCommentSuccess', comment: changed.comment };
      });
    },

    /** Takes a comment away: its author, or a moderator. Answers to it stay under its tombstone. */
    async delete(
      viewer: Member | null,
      commentId: string,
    ): Promise<CommentChanged<'DeleteCommentSuccess'> | NotSignedIn | NotFound | Forbidden> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      if (!isId(commentId)) return NO_SUCH_COMMENT();
      return transactions.run(async (tx) => {
        const known = await comments.byId(tx, commentId);
        if (!known) return NO_SUCH_COMMENT();
        await posts.lock(tx, known.postId);
        const comment = await comments.lock(tx, commentId);
        if (!comment) return NO_SUCH_COMMENT();
        const by = removerOf(member, comment);
        if (!by)
          return comment.visibility !== 'HELD' && (await audience.seesAll(tx, member.id, [comment.authorId]))
            ? forbidden('Only its author or a moderator deletes a comment.')
            : NO_SUCH_COMMENT();
        if (!hasWords(comment)) return { __typename: 'DeleteCommentSuccess', comment };
        return { __typename: 'DeleteCommentSuccess', comment: await takeAway.comment(tx, member, comment, by) };
      });
    },
  };
}
