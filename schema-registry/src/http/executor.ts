import type { Logger } from '@community/kit/log';
import {
  type DocumentNode,
  execute,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql';

/** Rover's longest document has about 250 tokens. */
const MAX_TOKENS = 2_000;
const REMEMBERED_DOCUMENTS = 200;

export interface GraphqlRequest {
  readonly query: string;
  readonly variables?: Record<string, unknown> | null;
  readonly operationName?: string | null;
}

export interface GraphqlAnswer {
  readonly data: unknown;
  readonly errors?: readonly object[];
}

function operationOf(document: DocumentNode, name: string | null | undefined): OperationDefinitionNode | undefined {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  return name ? operations.find((operation) => operation.name?.value === name) : operations[0];
}

/** Rover loses an error's message unless `data` is an object: so a refused operation answers null for each root field. */
function nulls(document: DocumentNode | undefined, operationName: string | null | undefined): object {
  const operation = document && operationOf(document, operationName);
  const fields = operation?.selectionSet.selections.filter((selection) => selection.kind === Kind.FIELD) ?? [];
  return Object.fromEntries(fields.map((field) => [field.alias?.value ?? field.name.value, null]));
}

/**
 * Executes operations over a schema, without a status but 200: Rover retries every other one for half a minute.
 * Documents are parsed and validated once; pollers and Rover send the same ones again and again.
 */
export function createExecutor<Context extends { readonly client: string }>(schema: GraphQLSchema, log: Logger) {
  const known = new Map<string, DocumentNode>();

  function refused(
    document: DocumentNode | undefined,
    request: GraphqlRequest,
    errors: readonly GraphQLError[],
    client: string,
  ) {
    const name =
      request.operationName ?? (document && operationOf(document, null)?.name?.value) ?? 'an anonymous operation';
    log.warn(
      { operation: name, client, errors: errors.map(({ message }) => message) },
      'an operation is not known here',
    );
    return {
      data: nulls(document, request.operationName),
      errors: errors.map((error) => ({
        ...error.toJSON(),
        message: `This registry does not know the operation ${name} as ${client || 'the client'} sends it: ${error.message}`,
      })),
    };
  }

  function readDocument(query: string): DocumentNode | readonly [DocumentNode | undefined, readonly GraphQLError[]] {
    const remembered = known.get(query);
    if (remembered) return remembered;
    let document: DocumentNode;
    try {
      document = parse(query, { maxTokens: MAX_TOKENS, noLocation: true });
    } catch (error) {
      if (error instanceof GraphQLError) return [undefined, [error]];
      throw error;
    }
    const errors = validate(schema, document);
    if (errors.length > 0) return [document, errors];
    if (known.size >= REMEMBERED_DOCUMENTS) known.delete(known.keys().next().value ?? '');
    known.set(query, document);
    return document;
  }

  /** Only errors that were meant for the client keep their words. */
  function shown(error: GraphQLError): object {
    const original = error.originalError;
    if (!original || original instanceof GraphQLError) return error.toJSON();
    log.error({ err: original }, 'a resolver failed');
    return { ...error.toJSON(), message: 'Something went wrong in the registry. It was recorded in its log.' };
  }

  return async (request: GraphqlRequest, contextValue: Context): Promise<GraphqlAnswer> => {
    const document = readDocument(request.query);
    if (Array.isArray(document)) return refused(document[0], request, document[1], contextValue.client);
    const result = await execute({
      schema,
      document: document as DocumentNode,
      variableValues: request.variables,
      operationName: request.operationName,
      contextValue,
    });
    const data = result.data ?? nulls(document as DocumentNode, request.operationName);
    return result.errors ? { data, errors: result.errors.map(shown) } : { data };
  };
}
