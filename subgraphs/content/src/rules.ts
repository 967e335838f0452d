import type { Visibility } from './modules/post/post.ts';

/** Whether a thing has words for whoever may see it at all: one that is held is there for its author alone. */
export function hasWords({ visibility }: { readonly visibility: Visibility }): boolean {
  return visibility === 'PUBLIC' || visibility === 'HELD';
}

/**
 * Whether a thing's words are shown to others; otherwise a tombstone stands in its place. Whose things a viewer may see is a
 * condition of SQL, in `modules/audience/audience.store.ts`.
 */
export function isShown(thing: { readonly visibility: Visibility }): boolean {
  return thing.visibility === 'PUBLIC';
}
