import {
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  isUnionType,
} from 'graphql';
import { breaksInput, breaksOutput, type SchemaChange, safe } from './change.ts';
import { diffDirectives } from './directives.ts';
import { diffEnum } from './enums.ts';
import { diffFields } from './fields.ts';
import { diffInputObject } from './inputs.ts';
import { diffImplementations, diffUnion } from './members.ts';
import { descriptionChange, pairByName } from './pairs.ts';
import { membersOf, type Places, placesOf, rootsOf } from './places.ts';

interface Comparison {
  readonly before: GraphQLSchema;
  readonly after: GraphQLSchema;
  /** of the schema before */
  readonly places: Places;
  readonly placesAfter: Places;
  /** The types before that no longer are the root of an operation, with the operation, where they still exist. */
  readonly deposed: ReadonlyMap<string, string>;
}

/**
 * Every change between two API schemas, with the coordinates whose users it may break.
 * @returns ordered by coordinate, then code; no two changes have both in common
 */
export function diffSchemas(before: GraphQLSchema, after: GraphQLSchema): SchemaChange[] {
  const comparison = {
    before,
    after,
    places: placesOf(before),
    placesAfter: placesOf(after),
    deposed: deposedRoots(before, after),
  };
  const { added, removed, kept } = pairByName<GraphQLNamedType>(ownTypes(before), ownTypes(after));
  return [
    ...added.map((type) => safe('TYPE_ADDED', type.name, `${kindOf(type)} \`${type.name}\` was added`)),
    ...removed.map((type) => removedType(comparison, type, `${kindOf(type)} \`${type.name}\` was removed`)),
    ...kept.flatMap(([old, now]) => keptType(comparison, old, now)),
    ...diffDirectives(before, after),
  ].sort(byCoordinate);
}

/** By code units: the order must not depend on the machine's language. */
function byCoordinate(one: SchemaChange, two: SchemaChange): number {
  const [a, b] = one.coordinate === two.coordinate ? [one.code, two.code] : [one.coordinate, two.coordinate];
  return a < b ? -1 : a > b ? 1 : 0;
}

const ownTypes = (schema: GraphQLSchema) =>
  Object.values(schema.getTypeMap()).filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type));

function deposedRoots(before: GraphQLSchema, after: GraphQLSchema): ReadonlyMap<string, string> {
  const roots = new Map<string, string>(rootsOf(after));
  return new Map(
    rootsOf(before).flatMap(([operation, name]) => (roots.get(operation) === name ? [] : [[name, operation]])),
  );
}

/** As graphql-js tells kinds apart, and input objects that take exactly one field, which are filled in otherwise. */
function kindOf(type: GraphQLNamedType): string {
  if (isScalarType(type)) return 'scalar';
  if (isObjectType(type)) return 'object type';
  if (isInterfaceType(type)) return 'interface';
  if (isUnionType(type)) return 'union';
  if (isEnumType(type)) return 'enum';
  return type.isOneOf ? '@oneOf input object' : 'input object';
}

function removedType({ places }: Comparison, type: GraphQLNamedType, description: string): SchemaChange {
  const breaks = places.inputs.has(type.name) ? breaksInput : breaksOutput;
  return breaks('TYPE_REMOVED', type.name, description, [type.name, ...membersOf(type)]);
}

function keptType(comparison: Comparison, before: GraphQLNamedType, after: GraphQLNamedType): SchemaChange[] {
  const operation = comparison.deposed.get(before.name);
  if (!operation) return contentChanges(comparison, before, after);
  return [removedType(comparison, before, `\`${before.name}\` is no longer the root type of each ${operation}`)];
}

function contentChanges(comparison: Comparison, before: GraphQLNamedType, after: GraphQLNamedType): SchemaChange[] {
  if (kindOf(before) !== kindOf(after)) return [changedKind(comparison, before, after)];
  const changes = descriptionChange('TYPE_DESCRIPTION_CHANGE', before.name, before, after);
  if (isObjectType(before) && isObjectType(after)) changes.push(...diffFields(before, after));
  else if (isInterfaceType(before) && isInterfaceType(after))
    changes.push(...diffFields(before, after), ...diffImplementations(comparison, before, after));
  else if (isUnionType(before) && isUnionType(after)) changes.push(...diffUnion(comparison, before, after));
  else if (isInputObjectType(before) && isInputObjectType(after)) changes.push(...diffInputObject(before, after));
  else if (isEnumType(before) && isEnumType(after))
    changes.push(...diffEnum(before, after, comparison.placesAfter.outputs.has(before.name)));
  return changes;
}

/** Where the type stands is asked for as well: who selects a field without subfields names nothing of its type. */
function changedKind({ places }: Comparison, before: GraphQLNamedType, after: GraphQLNamedType): SchemaChange {
  const { name } = before;
  const [outputs, inputs] = [places.outputs.get(name) ?? [], places.inputs.get(name)];
  const breaks = inputs ? breaksInput : breaksOutput;
  const description = `\`${name}\` changed from ${kindOf(before)} to ${kindOf(after)}`;
  return breaks('TYPE_CHANGED_KIND', name, description, [
    ...new Set([name, ...membersOf(before), ...outputs, ...(inputs ?? [])]),
  ]);
}
