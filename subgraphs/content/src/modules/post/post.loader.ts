import { isId } from '@community/kit/ids';
import { defineLoader } from '@community/kit/loader';
import type { Context } from '../../context.ts';
import type { PostList } from './post.store.ts';
import type { Post } from './post.ts';

/** Posts by id, as far as the viewer may see them; a deleted one is a tombstone. */
export const postById = defineLoader<Context, string, Post | null>(async (context, ids) => {
  const known = ids.filter(isId);
  const posts = await context.stores.post.byIds(known, context.member?.id ?? null);
  const byId = new Map(known.map((id, i) => [id, posts[i] ?? null]));
  return ids.map((id) => byId.get(id) ?? null);
});

/** Lists of posts, as far as the viewer may see them. */
export const postList = defineLoader<Context, PostList, Post[]>((context, lists) =>
  context.stores.post.lists(lists, context.member?.id ?? null),
);
