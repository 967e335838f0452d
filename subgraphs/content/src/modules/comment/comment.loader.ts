import { isId } from '@community/kit/ids';
import { defineLoader } from '@community/kit/loader';
import type { Context } from '../../context.ts';
import type { CommentList } from './comment.store.ts';
import type { Comment } from './comment.ts';

/** Comments by id, as far as the viewer may see them. */
export const commentById = defineLoader<Context, string, Comment | null>(async (context, ids) => {
  const known = ids.filter(isId);
  const comments = await context.stores.comment.byIds(known, context.member?.id ?? null);
  const byId = new Map(known.map((id, i) => [id, comments[i] ?? null]));
  return ids.map((id) => byId.get(id) ?? null);
});

/** Lists of comments, one row more than asked for, as far as the viewer may see them. */
export const commentList = defineLoader<Context, CommentList, Comment[]>((context, lists) =>
  context.stores.comment.lists(lists, context.member?.id ?? null),
);
