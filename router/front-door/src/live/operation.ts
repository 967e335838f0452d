import { getOperationAST, parse } from 'graphql';
import { z } from 'zod';
import { LIMITS } from '../engine-settings.ts';
import type { PersistedDocuments } from '../persisted-documents.ts';

const KNOWN_DOCUMENTS = 1_000;
/** Longer ones are looked at each time; what is remembered must have a bound. */
const KNOWN_LENGTH = 10_000;

/** What a client sends, by whichever protocol. */
export const paramsSchema = z.object({
  query: z.string().nullish(),
  documentId: z.string().nullish(),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  extensions: z.record(z.string(), z.unknown()).nullish(),
});
export type Params = z.infer<typeof paramsSchema>;

/** An operation with what its client says of itself, as headers in lower case. */
export interface LiveOperation {
  readonly params: Params;
  readonly headers: Readonly<Record<string, string>>;
}

/** JSON in which equal objects are equal texts, whatever the order of their fields. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

const persistedHash = z.object({ persistedQuery: z.object({ sha256Hash: z.string() }) });

/**
 * Finds out which operations are subscriptions, and which of those may share one stream.
 * @param shareBy the headers on which depends what a client is sent
 */
export function createOperations(documents: PersistedDocuments, shareBy: readonly string[]) {
  const kinds = new Map<string, string>();

  function documentOf({ params, headers }: LiveOperation): string | undefined {
    if (params.query) return params.query;
    const id = persistedHash.safeParse(params.extensions).data?.persistedQuery.sha256Hash ?? params.documentId;
    return id ? documents.find(id, headers['apollographql-client-name'] ?? '') : undefined;
  }

  function kindOf(document: string, name: string | null | undefined): string {
    const key = `${name ?? ''} ${document}`;
    let kind = kinds.get(key);
    if (kind === undefined) {
      try {
        kind = getOperationAST(parse(document, { maxTokens: LIMITS.tokens, noLocation: true }), name)?.operation ?? '';
      } catch {
        // The engine says what is wrong with it.
        kind = '';
      }
      if (kinds.size >= KNOWN_DOCUMENTS) kinds.clear();
      if (key.length <= KNOWN_LENGTH) kinds.set(key, kind);
    }
    return kind;
  }

  return {
    isSubscription(operation: LiveOperation): boolean {
      const document = documentOf(operation);
      return document !== undefined && kindOf(document, operation.params.operationName) === 'subscription';
    },
    /**
     * What all operations have in common that may share a stream: all that decides what they are sent. Undefined for one
     * that is no subscription.
     */
    shareKey(operation: LiveOperation): string | undefined {
      if (!this.isSubscription(operation)) return undefined;
      const { operationName, variables } = operation.params;
      return canonical([
        documentOf(operation),
        operationName ?? '',
        variables ?? {},
        shareBy.map((name) => operation.headers[name] ?? ''),
      ]);
    },
  };
}

export type Operations = ReturnType<typeof createOperations>;
