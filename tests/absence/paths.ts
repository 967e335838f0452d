import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
} from 'graphql';

/** A way through the graph, and an operation that asks for all that is told at its end. */
export interface Path {
  /** Coordinates from the root on: `Query.feed`, `PostConnection.edges`, … */
  readonly coordinates: readonly string[];
  readonly document: string;
}

/** Selections of a field whose arguments matter, as text: `user(id: "1")`. */
export type Arguments = Readonly<Record<string, readonly string[]>>;

/** What only says how much of a list is told. */
const PAGING = new Set(['first', 'after', 'last', 'before']);
/** Small, as an operation of many lists in each other must not cost too much. */
const PAGE = 6;
/** A list's page and its edge are no things of their own. */
const isOfList = (name: string): boolean => /(Connection|Edge)$/.test(name) || name === 'PageInfo' || name === 'Viewer';

/**
 * All ways from the root of queries over at most so many things; pages and edges of lists are none.
 * @param known for fields with arguments other than those of pages, by coordinate
 * @param page how much of a list is asked for that is in so many others
 * @throws Error naming fields whose arguments nobody has told
 */
export function pathsOf(
  schema: GraphQLSchema,
  known: Arguments,
  hops: number,
  page = (_outer: number) => PAGE,
): Path[] {
  const paths: Path[] = [];
  const unknown = new Set<string>();

  function leavesOf(type: GraphQLObjectType): string {
    const leaves = Object.values(type.getFields()).filter(
      (field) =>
        !isObjectType(getNamedType(field.type)) &&
        !isUnionType(getNamedType(field.type)) &&
        !field.args.some(isRequiredArgument),
    );
    return ['__typename', ...leaves.map(({ name }) => name)].join(' ');
  }

  function selectionsOf(coordinate: string, field: GraphQLField<unknown, unknown>, outer: number): readonly string[] {
    const told = known[coordinate];
    if (told) return told;
    if (field.args.some((argument) => !PAGING.has(argument.name) || isRequiredArgument(argument)))
      unknown.add(coordinate);
    return [field.args.some(({ name }) => name === 'first') ? `${field.name}(first: ${page(outer)})` : field.name];
  }

  function walk(
    type: GraphQLNamedType,
    coordinates: readonly string[],
    wrap: (inner: string) => string,
    left: number,
  ): void {
    if (isUnionType(type)) {
      for (const member of type.getTypes())
        walk(member, coordinates, (inner) => wrap(`... on ${member.name} { ${inner} }`), left);
      return;
    }
    if (!isObjectType(type)) return;
    const isThing = !isOfList(type.name);
    if (left === 0) return;
    if (isThing && coordinates.length > 0) paths.push({ coordinates, document: wrap(leavesOf(type)) });
    for (const field of Object.values(type.getFields())) {
      const inner = getNamedType(field.type);
      if (!isObjectType(inner) && !isUnionType(inner)) continue;
      const coordinate = `${type.name}.${field.name}`;
      const outer = coordinates.filter((one) => one.endsWith('Connection.edges')).length;
      for (const selection of selectionsOf(coordinate, field, outer))
        walk(
          inner,
          [...coordinates, coordinate],
          (rest) => wrap(`${selection} { ${rest} }`),
          isThing ? left - 1 : left,
        );
    }
  }

  const root = schema.getQueryType();
  if (root) walk(root, [], (inner) => `{ ${inner} }`, hops + 1);
  if (unknown.size > 0) throw new Error(`say by what arguments these are to be asked: ${[...unknown].join(', ')}`);
  return paths;
}
