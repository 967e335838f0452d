import type { GatewayPlugin } from '@graphql-hive/gateway-runtime';
import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNullableType,
  isAbstractType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** A null that must not be where it is. */
const INVALID = Symbol('null where the schema has none');

type Data = Record<string, unknown>;

/**
 * Applies the null propagation of the GraphQL specification (section 6.4.4) to a result that a planner put together from
 * several subgraphs: a null in a non-null place makes the nearest nullable place above it null.
 * @returns the data as a client may rely on it
 */
export function propagateNulls(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  data: Data,
): Data | null {
  const fragments = new Map(
    document.definitions
      .filter((node): node is FragmentDefinitionNode => node.kind === Kind.FRAGMENT_DEFINITION)
      .map((node) => [node.name.value, node]),
  );
  const operation = document.definitions.find(
    (node): node is OperationDefinitionNode =>
      node.kind === Kind.OPERATION_DEFINITION && (!operationName || node.name?.value === operationName),
  );
  const root = operation && schema.getRootType(operation.operation);
  if (!operation || !root) return data;

  function applies(condition: string | undefined, typeName: string): boolean {
    if (!condition || condition === typeName) return true;
    const [abstract, concrete] = [schema.getType(condition), schema.getType(typeName)];
    return isAbstractType(abstract) && isObjectType(concrete) && schema.isSubType(abstract, concrete);
  }

  function* fieldsOf(selectionSets: readonly SelectionSetNode[], typeName: string): Generator<FieldNode> {
    for (const { selections } of selectionSets) {
      for (const selection of selections) {
        if (selection.kind === Kind.FIELD) yield selection;
        else if (selection.kind === Kind.INLINE_FRAGMENT) {
          if (applies(selection.typeCondition?.name.value, typeName))
            yield* fieldsOf([selection.selectionSet], typeName);
        } else {
          const fragment = fragments.get(selection.name.value);
          if (fragment && applies(fragment.typeCondition.name.value, typeName))
            yield* fieldsOf([fragment.selectionSet], typeName);
        }
      }
    }
  }

  function complete(value: unknown, type: GraphQLOutputType, selectionSets: readonly SelectionSetNode[]): unknown {
    if (isNonNullType(type)) {
      const inner = complete(value, getNullableType(type), selectionSets);
      return inner === null || inner === undefined ? INVALID : inner;
    }
    if (value === null || value === undefined) return null;
    if (isListType(type)) {
      if (!Array.isArray(value)) return value;
      const items = value.map((item) => complete(item, type.ofType, selectionSets));
      return items.includes(INVALID) ? null : items;
    }
    if (typeof value !== 'object') return value;
    return completeObject(value as Data, type.name, selectionSets);
  }

  function completeObject(value: Data, declared: string, selectionSets: readonly SelectionSetNode[]): Data | null {
    const typeName = typeof value.__typename === 'string' ? value.__typename : declared;
    const type = schema.getType(typeName);
    // Without a type name the members of an interface or union cannot be told apart: what is there stays.
    if (!isObjectType(type)) return value;
    const byKey = new Map<string, FieldNode[]>();
    for (const field of fieldsOf(selectionSets, typeName)) {
      const key = field.alias?.value ?? field.name.value;
      byKey.set(key, [...(byKey.get(key) ?? []), field]);
    }
    const result: Data = { ...value };
    for (const [key, nodes] of byKey) {
      const definition = type.getFields()[nodes[0]?.name.value ?? ''];
      // Left out by @skip or @include, or a field of the schema's own.
      if (!definition || (!(key in value) && nodes.some((node) => node.directives?.length))) continue;
      const completed = complete(
        value[key],
        definition.type,
        nodes.flatMap((node) => (node.selectionSet ? [node.selectionSet] : [])),
      );
      if (completed === INVALID) return null;
      result[key] = completed;
    }
    return result;
  }

  return completeObject(data, root.name, [operation.selectionSet]);
}

/**
 * A result as it should be: null where a part of it that may not be null is, also where the planner gave nothing at
 * all for an operation that was begun; an error where that cannot be told.
 */
function propagate(args: ExecutionArgs, result: ExecutionResult): ExecutionResult {
  const data = (result.data ?? {}) as Data;
  try {
    return { ...result, data: propagateNulls(args.schema, args.document, args.operationName, data) };
  } catch (error) {
    return {
      data: null,
      errors: [
        ...(result.errors ?? []),
        new GraphQLError('The answer could not be put together.', {
          originalError: error instanceof Error ? error : undefined,
        }),
      ],
    };
  }
}

/** Propagates nulls where something went wrong; a result without errors has none in a wrong place. */
export function useNullPropagation(): GatewayPlugin {
  // Errors of fields have a path; those of a request that was refused have none, and such a result has no data.
  const isWrong = ({ data, errors }: ExecutionResult) =>
    Boolean(errors?.length && (data || (data === undefined && errors.some(({ path }) => path))));
  return {
    onExecute({ args }) {
      return {
        onExecuteDone({ result, setResult }) {
          if (!(Symbol.asyncIterator in result) && isWrong(result)) setResult(propagate(args, result));
        },
      };
    },
    onSubscribe({ args }) {
      return {
        onSubscribeResult: () => ({
          onNext({ result, setResult }) {
            if (!(Symbol.asyncIterator in result) && isWrong(result)) setResult(propagate(args, result));
          },
        }),
      };
    },
  };
}
