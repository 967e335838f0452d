import {
  doTypesOverlap,
  type GraphQLAbstractType,
  type GraphQLCompositeType,
  type GraphQLInterfaceType,
  type GraphQLSchema,
  type GraphQLUnionType,
  isCompositeType,
  isUnionType,
} from 'graphql';
import { breaksOutput, dangerous, type SchemaChange } from './change.ts';
import { type Pairs, pairByName, quoted } from './pairs.ts';
import type { Places } from './places.ts';

type Named = { readonly name: string };

/** The changes of which types belong to a union: one for those added, one for those removed. */
export function diffUnion(question: MembersQuestion, before: GraphQLUnionType, after: GraphQLUnionType) {
  const { added, removed } = pairByName<Named>(before.getTypes(), after.getTypes());
  return membership(question, before, { added, removed });
}

/** The changes of which types implement an interface, those included that are added or removed altogether. */
export function diffImplementations(
  question: MembersQuestion,
  before: GraphQLInterfaceType,
  after: GraphQLInterfaceType,
) {
  const old = question.before.getImplementations(before);
  const now = question.after.getImplementations(after);
  // By kind: an object that becomes an interface is no longer among the possible types.
  const objects = pairByName<Named>(old.objects, now.objects);
  const interfaces = pairByName<Named>(old.interfaces, now.interfaces);
  return membership(question, before, {
    added: [...objects.added, ...interfaces.added],
    removed: [...objects.removed, ...interfaces.removed],
  });
}

/** What the members of unions and interfaces are compared in. */
export interface MembersQuestion {
  readonly before: GraphQLSchema;
  readonly after: GraphQLSchema;
  /** of the schema before */
  readonly places: Places;
}

/** One change for all members that a type gains and one for all that it loses: a code and a coordinate tell one change. */
function membership(
  question: MembersQuestion,
  type: GraphQLAbstractType,
  { added, removed }: Pick<Pairs<Named>, 'added' | 'removed'>,
): SchemaChange[] {
  const kind = isUnionType(type) ? 'union' : 'interface';
  const suffix = isUnionType(type) ? 'UNION' : 'INTERFACE';
  const sentence = (verb: string, members: readonly Named[]) => {
    const many = members.length > 1;
    const names = quoted(members.map(({ name }) => name));
    return `${many ? 'types' : 'type'} ${names} ${many ? 'were' : 'was'} ${verb} ${kind} \`${type.name}\``;
  };
  const changes: SchemaChange[] = [];
  if (added.length > 0) changes.push(dangerous(`TYPE_ADDED_TO_${suffix}`, type.name, sentence('added to', added)));
  if (removed.length > 0) {
    const users = new Set([...removed.map(({ name }) => name), ...disjointUsers(question, type)]);
    const description = sentence('removed from', removed);
    changes.push(breaksOutput(`TYPE_REMOVED_FROM_${suffix}`, type.name, description, [...users].sort()));
  }
  return changes;
}

/**
 * The type conditions that can no longer stand where they stood: a fragment must be on a type that shares an object with
 * the type around it. It may name the member, or a type that shared only the member; or, where a field returns such a
 * type, the union or interface itself, as in `{ me { ...on Node { id } } }`.
 */
function disjointUsers({ before, after, places }: MembersQuestion, type: GraphQLAbstractType): string[] {
  const lost = Object.values(before.getTypeMap())
    .filter(isCompositeType)
    .filter((other) => other.name !== type.name && doTypesOverlap(before, type, other))
    .filter((other) => becameDisjoint(after, type, other))
    .map(({ name }) => name);
  return lost.some((name) => places.outputs.has(name)) ? [...lost, type.name] : lost;
}

/** False for types that are gone, whose users are asked for anyway. */
function becameDisjoint(after: GraphQLSchema, type: GraphQLAbstractType, other: GraphQLCompositeType): boolean {
  const [one, two] = [after.getType(type.name), after.getType(other.name)];
  return isCompositeType(one) && isCompositeType(two) && !doTypesOverlap(after, one, two);
}
