import {
  type DocumentNode,
  execute,
  type FormattedExecutionResult,
  type GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  getOperationAST,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql';
import type { GraphqlRequest } from './graphql-request.ts';
import { holdsNul, mayHoldNul } from './nul.ts';

const MOST_DOCUMENTS = 1_000;
/** Of a document that is kept. */
const MOST_CHARACTERS = 20_000;

/** An operation that was carried out. */
export interface Answered {
  readonly operation: OperationDefinitionNode;
  readonly result: FormattedExecutionResult;
}

/**
 * Carries out ordinary operations: those whose document is valid and whose variables are what it asks for. Its documents
 * are parsed and validated once.
 * @returns for other operations nothing: nothing of them was carried out, and somebody else must say what is wrong
 */
export function createOrdinaryOperations<Context>(
  schema: GraphQLSchema,
  format: (formatted: GraphQLFormattedError, error: GraphQLError) => GraphQLFormattedError,
): (request: GraphqlRequest, contextValue: Context) => Promise<Answered | undefined> {
  const documents = new Map<string, DocumentNode>();

  function documentOf(query: string): DocumentNode | undefined {
    const known = documents.get(query);
    if (known) return known;
    if (query.length > MOST_CHARACTERS || mayHoldNul(query)) return undefined;
    try {
      const document = parse(query);
      if (validate(schema, document).length > 0) return undefined;
      const [oldest] = documents.size < MOST_DOCUMENTS ? [] : documents.keys();
      if (oldest !== undefined) documents.delete(oldest);
      documents.set(query, document);
      return document;
    } catch {
      return undefined;
    }
  }

  const enriched = (error: GraphQLError): GraphQLFormattedError => ({
    ...error.toJSON(),
    extensions: { ...error.extensions, code: error.extensions.code ?? 'INTERNAL_SERVER_ERROR' },
  });

  return async ({ query, operationName, variables }, contextValue) => {
    const document = documentOf(query);
    const operation = document && getOperationAST(document, operationName);
    if (!document || !operation || operation.operation === 'subscription' || holdsNul(variables)) return undefined;
    const { data, errors } = await execute({
      schema,
      document,
      contextValue,
      ...(operationName && { operationName }),
      ...(variables && { variableValues: variables }),
    });
    // Without data it was not begun: its variables are not what it asks for.
    if (data === undefined) return undefined;
    const result = errors ? { data, errors: errors.map((error) => format(enriched(error), error)) } : { data };
    return { operation, result };
  };
}
