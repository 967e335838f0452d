import { coordinatesOfInputType, usageOf } from '@community/usage/coordinates';
import {
  type DocumentNode,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  parse,
} from 'graphql';

const ARGUMENT = /^(\w+)\.(\w+)\((\w+):\)$/;

/** The input type of an argument, or the one that a bare type name stands for. */
function inputTypeOf(schema: GraphQLSchema, coordinate: string): string | undefined {
  const [, typeName, fieldName, argument] = ARGUMENT.exec(coordinate) ?? [];
  if (typeName === undefined || fieldName === undefined) {
    const type = coordinate.includes('.') ? undefined : schema.getType(coordinate);
    return isInputObjectType(type) || isEnumType(type) ? type.name : undefined;
  }
  const type = schema.getType(typeName);
  const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[fieldName] : undefined;
  const found = field?.args.find(({ name }) => name === argument);
  const named = found && getNamedType(found.type);
  return isInputObjectType(named) || isEnumType(named) ? named.name : undefined;
}

/**
 * What a document may use of the schema's inputs, where the report says nothing of them: the arguments that it gives, and
 * everything that can be given through these.
 * @param signature a document whose literals may have been taken out
 * @returns coordinates, those told apart that only may be used
 */
export function inputsOf(
  schema: GraphQLSchema,
  signature: string,
  operationName: string | null,
): { certain: string[]; possible: string[] } {
  let document: DocumentNode;
  try {
    document = parse(signature, { noLocation: true });
  } catch {
    return { certain: [], possible: [] };
  }
  const certain = usageOf(schema, document, operationName).coordinates;
  const possible = new Set<string>();
  for (const coordinate of certain) {
    const type = inputTypeOf(schema, coordinate);
    if (type) for (const reachable of coordinatesOfInputType(schema, type)) possible.add(reachable);
  }
  for (const coordinate of certain) possible.delete(coordinate);
  return { certain: [...certain], possible: [...possible].sort() };
}
