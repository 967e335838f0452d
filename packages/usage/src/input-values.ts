import {
  type GraphQLEnumType,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  Kind,
  type ValueNode,
} from 'graphql';

/** Deeper values are not looked at: no schema needs it, and a client must not decide how long we work. */
const MAX_DEPTH = 50;

/** Takes every coordinate found; finding one twice is normal. */
export type Found = (coordinate: string) => void;

/** Reports the input object types, input fields and enum values that a literal of the given type uses. */
export function walkLiteral(type: GraphQLInputType, node: ValueNode, found: Found): void {
  const nullable = isNonNullType(type) ? type.ofType : type;
  if (isListType(nullable)) {
    // A single value where a list is expected is a list of one.
    for (const item of node.kind === Kind.LIST ? node.values : [node]) walkLiteral(nullable.ofType, item, found);
  } else if (isInputObjectType(nullable) && node.kind === Kind.OBJECT) {
    found(nullable.name);
    const fields = nullable.getFields();
    for (const given of node.fields) {
      const field = fields[given.name.value];
      if (!field) continue;
      found(`${nullable.name}.${field.name}`);
      walkLiteral(field.type, given.value, found);
    }
  } else if (isEnumType(nullable) && node.kind === Kind.ENUM) {
    foundEnumValue(nullable, node.value, found);
  }
}

interface Pending {
  readonly type: GraphQLInputObjectType;
  readonly value: object;
  readonly depth: number;
}

/**
 * Reports the input object types, input fields and enum values that a variable's (JSON) value of the given type uses.
 * Only names of the schema are reported, never what a client wrote.
 */
export function walkValue(type: GraphQLInputType, value: unknown, found: Found): void {
  const queue: Pending[] = [];
  // An object that is reached again as the same type adds nothing; without this, a cyclic value with two
  // references to itself would be walked 2^depth times.
  const seen = new Map<GraphQLInputObjectType, Set<object>>();
  enqueue(type, value, 1, queue, found);
  // A queue and not recursion: deep values cannot overflow the stack, and the shallowest way to an object comes first.
  for (let next = 0; next < queue.length; next++) {
    const pending = queue[next];
    if (!pending) break;
    const seenAsType = seen.get(pending.type) ?? new Set();
    if (seenAsType.has(pending.value)) continue;
    seen.set(pending.type, seenAsType.add(pending.value));
    found(pending.type.name);
    const fields = pending.type.getFields();
    for (const [name, given] of Object.entries(pending.value)) {
      const field = fields[name];
      // `undefined` is how JavaScript callers leave a field out; `null` is a value that was given.
      if (!field || given === undefined) continue;
      found(`${pending.type.name}.${field.name}`);
      enqueue(field.type, given, pending.depth + 1, queue, found);
    }
  }
}

/** Unwraps lists; their nesting is bounded by the declared type, so this recursion is as well. */
function enqueue(type: GraphQLInputType, value: unknown, depth: number, queue: Pending[], found: Found): void {
  if (value === null || value === undefined || depth > MAX_DEPTH) return;
  const nullable = isNonNullType(type) ? type.ofType : type;
  if (isListType(nullable)) {
    if (!Array.isArray(value)) enqueue(nullable.ofType, value, depth, queue, found);
    else for (const item of value) enqueue(nullable.ofType, item, depth, queue, found);
  } else if (isInputObjectType(nullable)) {
    if (typeof value === 'object' && !Array.isArray(value)) queue.push({ type: nullable, value, depth });
  } else if (isEnumType(nullable) && typeof value === 'string') {
    foundEnumValue(nullable, value, found);
  }
}

function foundEnumValue(type: GraphQLEnumType, name: string, found: Found): void {
  found(type.name);
  if (type.getValue(name)) found(`${type.name}.${name}`);
}

/**
 * The coordinates of an input type (input object or enum), of its fields or values, and of everything reachable from
 * it, sorted: what a client may be using when only the type is known. Empty for any other or an unknown type.
 */
export function coordinatesOfInputType(schema: GraphQLSchema, typeName: string): string[] {
  const coordinates = new Set<string>();
  // A set grows while it is iterated: each type is visited once, cyclic types included.
  const types = new Set([schema.getType(typeName)]);
  for (const type of types) {
    if (isEnumType(type)) {
      coordinates.add(type.name);
      for (const value of type.getValues()) coordinates.add(`${type.name}.${value.name}`);
    } else if (isInputObjectType(type)) {
      coordinates.add(type.name);
      for (const field of Object.values(type.getFields())) {
        coordinates.add(`${type.name}.${field.name}`);
        types.add(getNamedType(field.type));
      }
    }
  }
  return [...coordinates].sort();
}
