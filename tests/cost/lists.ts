import {
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isListType,
  isObjectType,
} from 'graphql';
import { type Arguments, type Path, pathsOf } from '../absence/paths.ts';

/** A list of the graph on one way to it, and what clients ask of it: all of its things, and of those next to them. */
export interface List {
  /** As clients nest the fields: `post.comments.replies`. */
  readonly name: string;
  /** Of the field: `Comment.replies`. */
  readonly coordinate: string;
  /** Two next to it of one type are asked for apart: whether one batch loads both would depend on the moment. */
  readonly documents: readonly string[];
}

/** Enough for a list in a list of one thing, and what is next to what it lists. */
const HOPS = 4;

/** Fields on the way, without the parts of pages. */
const stepsOf = ({ coordinates }: Path): string[] =>
  coordinates.filter((coordinate) => !/(Connection|Edge)\./.test(coordinate));
const nameOf = (steps: readonly string[]): string => steps.map((step) => step.split('.')[1]).join('.');

/**
 * Lists at the root, of the viewer and of one thing, and the lists in each of them; and what is listed nowhere else by
 * the shortest way to it.
 */
export function listsOf(schema: GraphQLSchema, known: Arguments, page: number): Map<string, List> {
  const typeOf = (coordinate: string): GraphQLOutputType | undefined => {
    const [parent = '', name = ''] = coordinate.split('.');
    const type = schema.getType(parent);
    return isObjectType(type) ? type.getFields()[name]?.type : undefined;
  };
  const nameOfType = (coordinate: string): string => getNamedType(typeOf(coordinate))?.name ?? '';
  const isList = (coordinate: string): boolean =>
    nameOfType(coordinate).endsWith('Connection') || isListType(getNullableType(typeOf(coordinate)));
  /** One thing, then a list, then a list of what is in it; `viewer` is no thing. */
  const isUsual = (steps: readonly string[]): boolean => {
    const own = steps[0] === 'Query.viewer' ? steps.slice(1) : steps;
    const first = own.findIndex(isList);
    return first <= 1 && own.length - first <= (own === steps ? 2 : 2 - first);
  };

  const paths = pathsOf(schema, known, HOPS, (outer) => (outer < 2 ? page : 2)).map((path) => ({
    ...path,
    steps: stepsOf(path),
  }));
  paths.sort((one, other) => one.steps.length - other.steps.length);
  const ways = new Map<string, readonly string[]>();
  const lists = paths.flatMap(({ steps }) => steps.flatMap((step, i) => (isList(step) ? [steps.slice(0, i + 1)] : [])));
  for (const way of lists) if (isUsual(way)) ways.set(nameOf(way), way);
  const seen = new Set([...ways.values()].map((way) => way.at(-1)));
  for (const way of lists) {
    if (seen.has(way.at(-1))) continue;
    seen.add(way.at(-1));
    ways.set(nameOf(way), way);
  }

  return new Map(
    [...ways].map(([name, way]) => {
      const asked = paths.filter(
        ({ steps }) => steps.length <= way.length + 1 && way.every((step, i) => step === steps[i]),
      );
      const own = asked.filter(({ steps }) => steps.length === way.length);
      const groups: Map<string, Path & { readonly steps: readonly string[] }>[] = [new Map()];
      for (const path of asked) {
        const next = path.steps[way.length];
        if (!next) continue;
        const type = nameOfType(next).replace(/Connection$/, '');
        const group = groups.find((one) => !one.has(type));
        if (group) group.set(type, path);
        else groups.push(new Map([[type, path]]));
      }
      // Selections of the same field with the same arguments are one.
      const documents = groups.map(
        (group) => `{ ${[...own, ...group.values()].map(({ document }) => document.slice(1, -1)).join(' ')} }`,
      );
      return [name, { name, coordinate: way.at(-1) ?? '', documents }];
    }),
  );
}

/** The longest list that an answer has at the end of a way. */
export function longest(answer: unknown, name: string): number {
  const lists = name
    .split('.')
    .reduce<unknown[]>(
      (parents, step) => parents.flatMap(thingsOf).map((parent) => (parent as Record<string, unknown>)[step]),
      [answer],
    );
  return Math.max(0, ...lists.map((list) => thingsOf(list).length));
}

/** What is on a page or in a list; a thing is a list of itself. */
function thingsOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(thingsOf);
  if (typeof value !== 'object' || value === null) return [];
  return 'edges' in value ? (value.edges as { node: unknown }[]).flatMap(({ node }) => thingsOf(node)) : [value];
}
