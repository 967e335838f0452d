import { type OperationUsage, usageOf } from '@community/usage/coordinates';
import type { GatewayPlugin } from '@graphql-hive/gateway-runtime';
import { type DocumentNode, type ExecutionArgs, type GraphQLSchema, print } from 'graphql';
import type { UsageReporter, Use } from '../usage-reporter.ts';
import { persistedIdOfRequest } from './persisted-documents.ts';

interface Context {
  readonly request?: Request;
  readonly params?: { readonly query?: string | null };
}

/** Documents are parsed once and executed often, so what they use is found once, for as long as their schema lives. */
function createUsageCache() {
  const bySchema = new WeakMap<GraphQLSchema, WeakMap<DocumentNode, Map<string, OperationUsage>>>();
  return (schema: GraphQLSchema, document: DocumentNode, operationName: string | null): OperationUsage => {
    const byDocument = bySchema.get(schema) ?? new WeakMap<DocumentNode, Map<string, OperationUsage>>();
    bySchema.set(schema, byDocument);
    const byName = byDocument.get(document) ?? new Map<string, OperationUsage>();
    byDocument.set(document, byName);
    const usage = byName.get(operationName ?? '') ?? usageOf(schema, document, operationName);
    byName.set(operationName ?? '', usage);
    return usage;
  };
}

/** The name of the operation that is executed; documents with one operation need not be asked for it by name. */
function nameOf(document: DocumentNode, asked: string | null | undefined): string | null {
  if (asked) return asked;
  const [operation] = document.definitions.filter((definition) => definition.kind === 'OperationDefinition');
  return operation?.kind === 'OperationDefinition' ? (operation.name?.value ?? null) : null;
}

const uses = new WeakMap<Request, Use>();

const clientOf = (headers: Headers | undefined) => ({
  clientName: headers?.get('apollographql-client-name')?.slice(0, 120) ?? '',
  clientVersion: headers?.get('apollographql-client-version')?.slice(0, 60) ?? '',
});

/** Reports that another client uses what a request has asked for: one that joined its stream. */
export function reportAgain(reporter: UsageReporter, request: Request, headers: Headers): void {
  const use = uses.get(request);
  if (use) reporter.record({ ...use, ...clientOf(headers), durationMs: 0 });
}

/**
 * Reports what each operation uses of the schema: exact coordinates, per client, without any value of a variable. A
 * subscription counts once, when it begins.
 */
export function useUsageReports(reporter: UsageReporter): GatewayPlugin {
  const usageFor = createUsageCache();

  /** @returns what reports the use when its outcome is known; nothing for introspection, which uses no part of the schema */
  function begin(args: ExecutionArgs): ((failed: boolean) => void) | undefined {
    const start = performance.now();
    const { request, params } = args.contextValue as Context;
    const operationName = nameOf(args.document, args.operationName);
    const usage = usageFor(args.schema, args.document, operationName);
    if (usage.coordinates.length === 0) return undefined;
    return (failed) => {
      const use: Use = {
        document: params?.query ?? print(args.document),
        operationName,
        persistedId: request && persistedIdOfRequest(request),
        coordinates: usage.coordinates,
        inputs: usage.variesByVariables ? usage.ofVariables(args.variableValues ?? {}) : [],
        ...clientOf(request?.headers),
        failed,
        durationMs: performance.now() - start,
      };
      reporter.record(use);
      if (request) uses.set(request, use);
    };
  }

  return {
    onExecute({ args }) {
      const report = begin(args);
      if (!report) return;
      return {
        onExecuteDone: ({ result }) => report(!(Symbol.asyncIterator in result) && Boolean(result.errors?.length)),
      };
    },
    onSubscribe({ args }) {
      const report = begin(args);
      if (!report) return;
      return { onSubscribeResult: ({ result }) => report(!(Symbol.asyncIterator in result)) };
    },
  };
}
