import type { Context } from './context.ts';

/** What somebody wrote, as far as the rules look at it. */
interface Authored {
  readonly authorId: string;
}

/**
 * What the viewer may see of posts and comments, after they were loaded: the one place where that is decided. Of two
 * members of whom one blocks the other neither sees what the other wrote.
 */
export async function hideFromViewer<Thing extends Authored>(
  context: Context,
  things: readonly (Thing | null)[],
): Promise<(Thing | null)[]> {
  const viewer = context.member;
  const authors = new Set(things.flatMap((thing) => (thing && thing.authorId !== viewer?.id ? [thing.authorId] : [])));
  if (!viewer || authors.size === 0) return [...things];
  const hidden = await context.stores.block.related(viewer.id, [...authors]);
  return things.map((thing) => (thing && hidden.has(thing.authorId) ? null : thing));
}

/** Whether a thing's words are shown; otherwise a tombstone stands in its place. */
export function isShown(thing: { readonly visibility: 'PUBLIC' | 'HIDDEN' | 'DELETED' }): boolean {
  return thing.visibility === 'PUBLIC';
}
