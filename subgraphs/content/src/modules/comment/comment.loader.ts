import { isId } from '@community/kit/ids';
import { defineLoader } from '@community/kit/loader';
import type { Context } from '../../context.ts';
import { hideFromViewer } from '../../rules.ts';
import type { CommentList } from './comment.store.ts';
import type { Comment } from './comment.ts';

/** Comments by id, as far as the viewer may see them. */
export const commentById = defineLoader<Context, string, Comment | null>(async (context, ids) => {
  const known = await context.stores.comment.byIds(ids.filter(isId));
  const visible = new Map(
    (await hideFromViewer(context, known)).flatMap((comment) => (comment ? [[comment.id, comment]] : [])),
  );
  return ids.map((id) => visible.get(id) ?? null);
});

/** Lists of comments, one row more than asked for, with null in place of those that the viewer may not see. */
export const commentList = defineLoader<Context, CommentList, { comment: Comment; visible: boolean }[]>(
  async (context, lists) => {
    const found = await context.stores.comment.lists(lists);
    const visible = new Set(await hideFromViewer(context, found.flat()));
    return found.map((comments) => comments.map((comment) => ({ comment, visible: visible.has(comment) })));
  },
);
