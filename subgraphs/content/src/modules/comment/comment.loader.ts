import { defineIdLoader, defineLoader } from '@community/kit/loader';
import type { Context } from '../../context.ts';
import type { CommentList } from './comment.store.ts';
import type { Comment } from './comment.ts';

/** Comments by id, as far as the viewer may see them. */
export const commentById = defineIdLoader<Context, Comment>((context, ids) =>
  context.stores.comment.byIds(ids, context.viewerId),
);

/** Lists of comments, one row more than asked for, as far as the viewer may see them. */
export const commentList = defineLoader<Context, CommentList, Comment[]>((context, lists) =>
  context.stores.comment.lists(lists, context.viewerId),
);
