import type { Transactions } from '@community/events/sql';
import { oncePerKey } from '@community/kit/client-mutation';
import { isId, newId } from '@community/kit/ids';
import type { Member } from '@community/kit/member';
import {
  type Conflict,
  type Forbidden,
  type Invalid,
  invalid,
  isProblem,
  type NotFound,
  type NotSignedIn,
  notFound,
  requireMember,
  versionConflict,
} from '@community/kit/problem';
import type { Tx } from '../../database.ts';
import type { BoardStore } from '../board/board.store.ts';
import { readDraft, readPost } from '../post/post.policy.ts';
import type { PostStore } from '../post/post.store.ts';
import type { Post } from '../post/post.ts';
import type { PostPublisher } from '../post/publish.ts';
import type { Validation } from '../validation/validation.ts';
import type { DraftStore } from './draft.store.ts';
import type { Draft } from './draft.ts';

export type DraftService = ReturnType<typeof createDraftService>;

export interface SavedDraft {
  /** Left out for a new draft. */
  readonly draftId: string | null;
  readonly expectedVersion: number | null;
  readonly boardId: string | null;
  readonly title: string;
  readonly body: string;
  readonly language: string;
  readonly tags: readonly string[];
  readonly clientMutationId: string | null;
}

export type DraftSaved = { readonly __typename: 'SaveDraftSuccess'; readonly draft: Draft };
export type DraftPublished = { readonly __typename: 'PublishDraftSuccess'; readonly post: Post };
export type DraftDeleted = { readonly __typename: 'DeleteDraftSuccess'; readonly draftId: string };

const MOST_DRAFTS = 100;
const NO_SUCH_DRAFT = () => notFound('draft', ['input', 'draftId']);

/** Drafts: saved as often as their authors want to, seen by nobody else, told to nobody. */
export function createDraftService({
  transactions,
  drafts,
  posts,
  boards,
  publisher,
  validation,
}: {
  transactions: Transactions<Tx>;
  drafts: DraftStore;
  posts: PostStore;
  boards: BoardStore;
  publisher: PostPublisher;
  validation: Validation;
}) {
  async function begin(
    tx: Tx,
    member: Member,
    words: Omit<Draft, 'id' | 'authorId' | 'version' | 'createdAt' | 'savedAt'>,
  ) {
    if ((await drafts.count(tx, member.id)) >= MOST_DRAFTS)
      return invalid(`You have ${MOST_DRAFTS} drafts: publish or delete one.`, ['input'], 'TOO_MANY_DRAFTS');
    return drafts.create(tx, { ...words, id: newId(), authorId: member.id });
  }

  return {
    /** Keeps a draft, or a new state of one that is still at the version that its author read. */
    async save(
      viewer: Member | null,
      { draftId, expectedVersion, clientMutationId, ...input }: SavedDraft,
    ): Promise<DraftSaved | NotSignedIn | Invalid | NotFound | Conflict> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      const words = readDraft(input);
      if (isProblem(words)) return words;
      if (draftId !== null && !isId(draftId)) return NO_SUCH_DRAFT();
      const { boardId } = input;
      if (boardId !== null && !isId(boardId)) return notFound('board', ['input', 'boardId']);
      const kept = { ...words, boardId };
      return transactions.run((tx) =>
        oncePerKey<DraftSaved | Invalid | NotFound | Conflict>(
          transactions.sql(tx),
          { actor: member.id, key: clientMutationId, operation: 'saveDraft', input: { ...kept, draftId } },
          async () => {
            if (boardId !== null && !(await boards.byId(tx, boardId))) return notFound('board', ['input', 'boardId']);
            const known = draftId === null ? null : await drafts.lock(tx, member.id, draftId);
            if (draftId !== null && !known) return NO_SUCH_DRAFT();
            if (known && known.version !== expectedVersion) return versionConflict(known.version);
            const draft = known ? await drafts.save(tx, known.id, kept) : await begin(tx, member, kept);
            if (isProblem(draft)) return draft;
            return { result: { __typename: 'SaveDraftSuccess', draft }, remember: { id: draft.id } };
          },
          async ({ id }) => {
            const draft = await drafts.byId(tx, member.id, String(id));
            return draft ? { __typename: 'SaveDraftSuccess', draft } : NO_SUCH_DRAFT();
          },
        ),
      );
    },

    /** Publishes a draft on its board; the post has its id, so that a retry finds what was published. */
    async publish(
      viewer: Member | null,
      draftId: string,
      expectedVersion: number,
    ): Promise<DraftPublished | NotSignedIn | Invalid | NotFound | Forbidden | Conflict> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      if (!isId(draftId)) return NO_SUCH_DRAFT();
      return transactions.run(async (tx) => {
        const draft = await drafts.lock(tx, member.id, draftId);
        if (!draft) {
          const post = await posts.byId(tx, draftId);
          return post?.authorId === member.id ? { __typename: 'PublishDraftSuccess', post } : NO_SUCH_DRAFT();
        }
        if (draft.version !== expectedVersion) return versionConflict(draft.version);
        const words = readPost(draft);
        if (isProblem(words)) return words;
        const judged = validation.judge(member, words);
        if (isProblem(judged)) return judged;
        if (draft.boardId === null || !(await boards.byId(tx, draft.boardId)))
          return notFound('board', ['input', 'draftId']);
        const tooFast = await validation.count(member, 'post');
        if (tooFast) return tooFast;
        const post = await publisher.publish(
          tx,
          member,
          { ...words, id: draft.id, boardId: draft.boardId, poll: null },
          judged,
        );
        await drafts.remove(tx, member.id, draft.id);
        return { __typename: 'PublishDraftSuccess', post };
      });
    },

    /** Throws a draft away. */
    async delete(viewer: Member | null, draftId: string): Promise<DraftDeleted | NotSignedIn | NotFound> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      if (!isId(draftId)) return NO_SUCH_DRAFT();
      return transactions.run(async (tx) =>
        (await drafts.remove(tx, member.id, draftId)) ? { __typename: 'DeleteDraftSuccess', draftId } : NO_SUCH_DRAFT(),
      );
    },
  };
}
