import { type GraphQLType, isListType, isNonNullType } from 'graphql';
import { type ChangeCode, type SchemaChange, safe } from './change.ts';

/** What two versions of a list of named things have and have not in common. */
export interface Pairs<T> {
  readonly added: readonly T[];
  readonly removed: readonly T[];
  readonly kept: readonly (readonly [before: T, after: T])[];
}

/** Pairs two versions by name; the order in which they stand means nothing. */
export function pairByName<T extends { readonly name: string }>(before: readonly T[], after: readonly T[]): Pairs<T> {
  const old = new Map(before.map((item) => [item.name, item]));
  const now = new Map(after.map((item) => [item.name, item]));
  return {
    added: after.filter(({ name }) => !old.has(name)),
    removed: before.filter(({ name }) => !now.has(name)),
    kept: before.flatMap((item) => {
      const counterpart = now.get(item.name);
      return counterpart ? [[item, counterpart] as const] : [];
    }),
  };
}

/**
 * Whether every value of `narrow` is one of `wide`, by lists and non-null alone. An object in place of its interface does
 * not count: documents may hold fragments on its other implementations.
 */
export function narrows(wide: GraphQLType, narrow: GraphQLType): boolean {
  if (isNonNullType(narrow)) return narrows(isNonNullType(wide) ? wide.ofType : wide, narrow.ofType);
  if (isNonNullType(wide)) return false;
  if (isListType(wide)) return isListType(narrow) && narrows(wide.ofType, narrow.ofType);
  return !isListType(narrow) && String(wide) === String(narrow);
}

/** `type of X changed from A to B` */
export const typeChange = (coordinate: string, before: GraphQLType, after: GraphQLType): string =>
  `type of \`${coordinate}\` changed from \`${before}\` to \`${after}\``;

/** Names in backquotes, in the order of the alphabet. */
export const quoted = (names: readonly string[]): string =>
  [...names]
    .sort()
    .map((name) => `\`${name}\``)
    .join(', ');

interface Described {
  readonly description?: string | null | undefined;
}

/** The change of a description, if it changed. */
export function descriptionChange(
  code: ChangeCode,
  coordinate: string,
  before: Described,
  after: Described,
): SchemaChange[] {
  if ((before.description ?? '') === (after.description ?? '')) return [];
  return [safe(code, coordinate, `description of \`${coordinate}\` changed`)];
}

interface Deprecable {
  readonly deprecationReason?: string | null | undefined;
}

/** The change of a deprecation, if it changed. */
export function deprecationChange(
  subject: 'FIELD' | 'ENUM',
  coordinate: string,
  { deprecationReason: before }: Deprecable,
  { deprecationReason: after }: Deprecable,
): SchemaChange[] {
  if ((before ?? null) === (after ?? null)) return [];
  if (typeof before !== 'string')
    return [safe(`${subject}_DEPRECATED`, coordinate, `\`${coordinate}\` was deprecated: ${after}`)];
  if (typeof after !== 'string')
    return [safe(`${subject}_DEPRECATION_REMOVED`, coordinate, `\`${coordinate}\` is no longer deprecated`)];
  const description = `deprecation reason of \`${coordinate}\` changed from "${before}" to "${after}"`;
  return [safe(`${subject}_DEPRECATED_REASON_CHANGE`, coordinate, description)];
}
