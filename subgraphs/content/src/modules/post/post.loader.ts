import { defineIdLoader, defineLoader } from '@community/kit/loader';
import type { Context } from '../../context.ts';
import type { PostList } from './post.store.ts';
import type { Post } from './post.ts';

/** Posts by id, as far as the viewer may see them; a deleted one is a tombstone. */
export const postById = defineIdLoader<Context, Post>((context, ids) =>
  context.stores.post.byIds(ids, context.viewerId),
);

/** Lists of posts, as far as the viewer may see them. */
export const postList = defineLoader<Context, PostList, Post[]>((context, lists) =>
  context.stores.post.lists(lists, context.viewerId),
);
