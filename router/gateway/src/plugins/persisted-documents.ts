import type { PersistedDocuments } from '@community/front-door/persisted-documents';
import { persistedIdOf } from '@community/front-door/persisted-gets';
import type { Logger } from '@community/kit/log';
import { secretsMatch } from '@community/kit/secret';
import type { GatewayPlugin } from '@graphql-hive/gateway-runtime';
import { GraphQLError } from 'graphql';
import { Counter } from 'prom-client';
import { EXEMPTION_HEADER, verifyExemption } from '../exemption.ts';

/** What happens to documents that are not in the list: served, served and logged, refused. */
export type SafelistMode = 'off' | 'log' | 'enforce';

const outsiders = new Counter({
  name: 'gateway_documents_outside_safelist_total',
  help: 'Operations sent as documents that are not in the list of persisted ones, by what became of them',
  labelNames: ['outcome'],
});

const refused = (code: string, message: string) =>
  new GraphQLError(message, { extensions: { code, http: { status: 400 } } });

interface Params {
  readonly query?: string | null;
  readonly documentId?: unknown;
  readonly extensions?: { readonly persistedQuery?: { readonly sha256Hash?: unknown } } | null;
}

function idOf(params: Params, request: Request): string | undefined {
  const hash = params.extensions?.persistedQuery?.sha256Hash;
  if (typeof hash === 'string') return hash;
  if (typeof params.documentId === 'string') return params.documentId;
  return request.method === 'GET' ? persistedIdOf(request.url) : undefined;
}

const ids = new WeakMap<object, string>();

/** The id by which an operation was sent, for reports of use. */
export const persistedIdOfRequest = (request: object): string | undefined => ids.get(request);

/**
 * Serves persisted documents by id: Apollo's `extensions.persistedQuery.sha256Hash`, or `documentId`; and, by mode, keeps
 * all others out. An id is looked up for the client's name, then for any.
 */
export function usePersistedDocuments(options: {
  documents: PersistedDocuments;
  mode: SafelistMode;
  routerSecret: string;
  log: Logger;
}): GatewayPlugin {
  const { documents, mode, routerSecret, log } = options;

  function checkOutsider(query: string, request: Request): void {
    if (mode === 'off' || documents.has(query)) return;
    const exempt = secretsMatch(request.headers.get('x-router-secret') ?? undefined, routerSecret)
      ? 'the platform itself'
      : verifyExemption(routerSecret, request.headers.get(EXEMPTION_HEADER));
    const outcome = exempt ? 'exempt' : mode === 'log' ? 'logged' : 'refused';
    outsiders.inc({ outcome });
    const client = request.headers.get('apollographql-client-name') ?? '';
    log.info({ outcome, exempt, client, document: query.slice(0, 500) }, 'a document is not in the safelist');
    if (outcome === 'refused')
      throw refused(
        'PERSISTED_QUERY_REQUIRED',
        'This graph takes persisted operations only: send one by its id, or publish this document with rover persisted-queries publish.',
      );
  }

  return {
    onParams({ params, request, setParams }) {
      const id = idOf(params as Params, request);
      if (params.query) {
        const stored =
          id === undefined ? undefined : documents.find(id, request.headers.get('apollographql-client-name') ?? '');
        // An id with another document under it would be counted, and cached, for what it is not.
        if (stored !== undefined && stored.trim() !== params.query.trim())
          throw refused('PERSISTED_QUERY_MISMATCH', `The id ${id} stands for another document: send the id alone.`);
        if (stored === undefined) checkOutsider(params.query, request);
        return;
      }
      if (id === undefined) return;
      const body = documents.find(id, request.headers.get('apollographql-client-name') ?? '');
      if (body === undefined)
        throw refused(
          'PERSISTED_QUERY_NOT_IN_LIST',
          `There is no persisted operation with the id ${id.slice(0, 100)} for this client.`,
        );
      ids.set(request, id);
      // Without `documentId`, of which the runtime knows nothing.
      const { variables, operationName, extensions } = params;
      setParams({ query: body, variables, operationName, extensions });
    },
  };
}
