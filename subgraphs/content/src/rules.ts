/**
 * Whether a thing's words are shown; otherwise a tombstone stands in its place. Whose things a viewer may see is a
 * condition of SQL, in `modules/audience/audience.store.ts`.
 */
export function isShown(thing: { readonly visibility: 'PUBLIC' | 'HIDDEN' | 'DELETED' }): boolean {
  return thing.visibility === 'PUBLIC';
}
