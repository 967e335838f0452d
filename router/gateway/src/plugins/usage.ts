import { type OperationUsage, usageOf } from '@community/usage/coordinates';
import type { GatewayPlugin } from '@graphql-hive/gateway-runtime';
import { type DocumentNode, type GraphQLSchema, print } from 'graphql';
import type { UsageReporter } from '../usage-reporter.ts';
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

/** Reports what each operation uses of the schema: exact coordinates, per client, without any value of a variable. */
export function useUsageReports(reporter: UsageReporter): GatewayPlugin {
  const usageFor = createUsageCache();
  return {
    onExecute({ args }) {
      const start = performance.now();
      const context = args.contextValue as Context;
      const operationName = nameOf(args.document, args.operationName);
      const usage = usageFor(args.schema, args.document, operationName);
      // Introspection alone uses nothing of the schema.
      if (usage.coordinates.length === 0) return;
      return {
        onExecuteDone({ result }) {
          reporter.record({
            document: context.params?.query ?? print(args.document),
            operationName,
            persistedId: context.request && persistedIdOfRequest(context.request),
            coordinates: usage.coordinates,
            inputs: usage.variesByVariables ? usage.ofVariables(args.variableValues) : [],
            clientName: context.request?.headers.get('apollographql-client-name')?.slice(0, 120) ?? '',
            clientVersion: context.request?.headers.get('apollographql-client-version')?.slice(0, 60) ?? '',
            failed: !(Symbol.asyncIterator in result) && Boolean(result.errors?.length),
            durationMs: performance.now() - start,
          });
        },
      };
    },
  };
}
