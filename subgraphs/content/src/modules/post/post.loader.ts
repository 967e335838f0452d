import { isId } from '@community/kit/ids';
import { defineLoader } from '@community/kit/loader';
import type { Context } from '../../context.ts';
import { hideFromViewer } from '../../rules.ts';
import type { PostList } from './post.store.ts';
import type { Post } from './post.ts';

/** Posts by id, as far as the viewer may see them; a deleted one is a tombstone. */
export const postById = defineLoader<Context, string, Post | null>(async (context, ids) => {
  const known = await context.stores.post.byIds(ids.filter(isId));
  const visible = new Map((await hideFromViewer(context, known)).flatMap((post) => (post ? [[post.id, post]] : [])));
  return ids.map((id) => visible.get(id) ?? null);
});

/** Lists of posts, before the rules. */
export const postList = defineLoader<Context, PostList, Post[]>((context, lists) => context.stores.post.lists(lists));
