import {
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  OperationTypeNode,
} from 'graphql';

/** Where the types of a schema stand, by the name of the type. */
export interface Places {
  /** the fields that return the type; a root type has an entry in any case */
  readonly outputs: ReadonlyMap<string, readonly string[]>;
  /** the arguments and input fields that take the type; one that only directives take has an empty entry */
  readonly inputs: ReadonlyMap<string, readonly string[]>;
}

/** The root types of a schema by their operation. */
export function rootsOf(schema: GraphQLSchema): readonly (readonly [OperationTypeNode, string])[] {
  return Object.values(OperationTypeNode).flatMap((operation) => {
    const type = schema.getRootType(operation);
    return type ? [[operation, type.name] as const] : [];
  });
}

/** Finds where each type of a schema stands. */
export function placesOf(schema: GraphQLSchema): Places {
  const outputs = new Map<string, string[]>(rootsOf(schema).map(([, name]) => [name, []]));
  const inputs = new Map<string, string[]>();
  const add = (places: Map<string, string[]>, name: string, ...coordinates: string[]) => {
    const known = places.get(name);
    if (known) known.push(...coordinates);
    else places.set(name, coordinates);
  };
  for (const type of Object.values(schema.getTypeMap()).filter((type) => !isIntrospectionType(type))) {
    if (isInputObjectType(type))
      for (const field of Object.values(type.getFields()))
        add(inputs, getNamedType(field.type).name, `${type.name}.${field.name}`);
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      add(outputs, getNamedType(field.type).name, `${type.name}.${field.name}`);
      for (const arg of field.args)
        add(inputs, getNamedType(arg.type).name, `${type.name}.${field.name}(${arg.name}:)`);
    }
  }
  for (const { args } of schema.getDirectives()) for (const arg of args) add(inputs, getNamedType(arg.type).name);
  return { outputs, inputs };
}

/** The coordinates of a type's fields or values. */
export function membersOf(type: GraphQLNamedType): string[] {
  if (isEnumType(type)) return type.getValues().map(({ name }) => `${type.name}.${name}`);
  if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) return [];
  return Object.keys(type.getFields()).map((name) => `${type.name}.${name}`);
}
