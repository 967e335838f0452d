import { GraphQLError } from 'graphql';

/** Rows of a list when the client does not say how many, and the most that it may ask for. */
export const DEFAULT_PAGE = 20;
export const MAX_PAGE = 100;

/** The position in a keyset: the values that the list is sorted by, the tie-breaker last. */
export type Keyset = readonly (string | number)[];

/** A page that was asked for: so many rows after a position. */
export interface PageRequest {
  readonly first: number;
  readonly after: Keyset | null;
}

export interface Edge<Node> {
  readonly cursor: string;
  readonly node: Node;
}

export interface Connection<Node> {
  readonly edges: readonly Edge<Node>[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

function badInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}

/** An opaque cursor (base64url of the keyset's JSON). */
export function encodeCursor(keyset: Keyset): string {
  return Buffer.from(JSON.stringify(keyset)).toString('base64url');
}

function decodeCursor(cursor: string, length: number, argument: 'after' | 'before' = 'after'): Keyset {
  try {
    const keyset: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (
      Array.isArray(keyset) &&
      keyset.length === length &&
      keyset.every((part) => typeof part === 'string' || typeof part === 'number')
    ) {
      return keyset;
    }
  } catch {
    // Answered below, as any other text that is not a cursor of this list.
  }
  const given = argument === 'after' ? 'an `endCursor`' : 'a `startCursor`';
  throw badInput(`\`${argument}\` is not a cursor of this list: pass ${given} as it was given.`);
}

/**
 * Checks the arguments of a connection (GraphQL Cursor Connections Specification, forward only).
 * @param keysetLength how many values a cursor of this list holds
 * @throws GraphQLError BAD_USER_INPUT for a page size out of 1..100 or a cursor of something else
 */
export function readPage(args: { first?: number | null; after?: string | null }, keysetLength = 2): PageRequest {
  const first = args.first ?? DEFAULT_PAGE;
  if (first < 1 || first > MAX_PAGE) throw badInput(`\`first\` must be from 1 to ${MAX_PAGE}, not ${first}.`);
  return { first, after: args.after ? decodeCursor(args.after, keysetLength) : null };
}

/**
 * Makes a connection of rows that were read with one more than asked for.
 * @param rows at most `page.first + 1` rows; the surplus one only says that there are more
 */
export function toConnection<Node>(
  rows: readonly Node[],
  page: PageRequest,
  keysetOf: (row: Node) => Keyset,
): Connection<Node> {
  const edges = rows.slice(0, page.first).map((node) => ({ node, cursor: encodeCursor(keysetOf(node)) }));
  return {
    edges,
    pageInfo: {
      hasNextPage: rows.length > page.first,
      hasPreviousPage: page.after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

/** A page of a list that is read both ways: so many rows at the beginning or at the end of what lies between two cursors. */
export interface WindowRequest {
  readonly size: number;
  readonly from: 'start' | 'end';
  readonly after: Keyset | null;
  readonly before: Keyset | null;
}

/**
 * Checks the arguments of a connection that is read both ways (GraphQL Cursor Connections Specification).
 * @throws GraphQLError BAD_USER_INPUT for `first` with `last`, a size out of 1..100 or a cursor of something else
 */
export function readWindow(
  args: { first?: number | null; after?: string | null; last?: number | null; before?: string | null },
  keysetLength: number,
): WindowRequest {
  if (args.first != null && args.last != null) throw badInput('Pass `first` or `last`, not both.');
  const [name, size] = args.last != null ? ['last', args.last] : ['first', args.first ?? DEFAULT_PAGE];
  if (size < 1 || size > MAX_PAGE) throw badInput(`\`${name}\` must be from 1 to ${MAX_PAGE}, not ${size}.`);
  return {
    size,
    from: args.last != null ? 'end' : 'start',
    after: args.after ? decodeCursor(args.after, keysetLength) : null,
    before: args.before ? decodeCursor(args.before, keysetLength, 'before') : null,
  };
}

/**
 * Makes a connection of rows, in the list's order, that were read with one more than asked for: the last one when
 * reading from the start, the first one when reading from the end.
 */
export function toWindow<Node>(
  rows: readonly Node[],
  { size, from, after, before }: WindowRequest,
  keysetOf: (row: Node) => Keyset,
): Connection<Node> {
  const more = rows.length > size;
  const kept = from === 'start' ? rows.slice(0, size) : rows.slice(-size);
  const edges = kept.map((node) => ({ node, cursor: encodeCursor(keysetOf(node)) }));
  return {
    edges,
    pageInfo: {
      hasNextPage: from === 'start' ? more : before !== null,
      hasPreviousPage: from === 'end' ? more : after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

/**
 * Checks a list of ids that an argument holds.
 * @throws GraphQLError BAD_USER_INPUT for more than a page
 */
export function readIds(ids: readonly string[]): readonly string[] {
  if (ids.length > MAX_PAGE) throw badInput(`\`ids\` holds at most ${MAX_PAGE}, not ${ids.length}.`);
  return ids;
}
