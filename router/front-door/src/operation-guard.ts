import { type DocumentNode, GraphQLError, getOperationAST, Kind, parse } from 'graphql';
import { z } from 'zod';
import { LIMITS } from './engine-settings.ts';
import { checkLimits } from './limits.ts';

/** Clients send few documents, each often. */
const MOST_DOCUMENTS = 2_000;
const MOST_CHARACTERS = 20_000;
/** Of objects and lists in each other, in variables and beside them. */
const MOST_LEVELS = 32;

/** What beside the document cannot be read is the engine's to refuse; the document is looked at all the same. */
const paramsSchema = z.object({
  query: z.string(),
  operationName: z.string().nullish().catch(null),
  variables: z.record(z.string(), z.unknown()).nullish().catch(null),
});

/** Whether something is nested deeper than anything that the graph takes. */
const isTooDeep = (value: unknown, most: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (most === 0 || Object.values(value).some((inner) => isTooDeep(inner, most - 1)));

/** Why an operation is not passed on. */
export interface GuardRefusal {
  readonly message: string;
  readonly code: string;
}

/**
 * Keeps from an engine what asks too much, by the rules and in the words of every engine: an engine that knows some of the
 * limits only, or comes to them after it has written out fragments that double, would be at it for minutes.
 */
export function createOperationGuard() {
  const documents = new Map<string, DocumentNode>();

  function documentOf(query: string): DocumentNode {
    const known = documents.get(query);
    if (known) return known;
    const document = parse(query, { noLocation: true, maxTokens: LIMITS.tokens });
    if (query.length > MOST_CHARACTERS) return document;
    documents.set(query, document);
    const [oldest] = documents.keys();
    if (documents.size > MOST_DOCUMENTS && oldest !== undefined) documents.delete(oldest);
    return document;
  }

  return {
    /**
     * @param params of a request, as GraphQL over HTTP names them
     * @returns why it is refused; null when the engine may judge: of what names a persisted document, or is no operation
     */
    check(params: unknown): GuardRefusal | null {
      if (isTooDeep(params, MOST_LEVELS))
        return { code: 'BAD_USER_INPUT', message: `What is sent is nested deeper than ${MOST_LEVELS} levels.` };
      const { data } = paramsSchema.safeParse(params);
      if (!data) return null;
      try {
        const document = documentOf(data.query);
        const named = getOperationAST(document, data.operationName);
        const all = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
        for (const operation of named ? [named] : all) checkLimits(document, operation, data.variables ?? {});
        return null;
      } catch (error) {
        if (!(error instanceof GraphQLError)) throw error;
        return { message: error.message, code: String(error.extensions.code ?? 'GRAPHQL_PARSE_FAILED') };
      }
    },
  };
}

export type OperationGuard = ReturnType<typeof createOperationGuard>;
