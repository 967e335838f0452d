import { isOn, PLACE_HEADER, placeIn, placeLabels } from '@community/front-door/override-labels';
import { createResponseStream } from '@community/kit/response-stream';
import { unifiedGraphHandler } from '@graphql-hive/router-runtime';
import { type ExecutionResult, type FormattedExecutionResult, GraphQLError, getOperationAST } from 'graphql';
import { asksOnlyOfSchema, type Halves, splitIntrospection } from '../introspection.ts';
import { mergeFields } from '../merged-fields.ts';
import type { RemoteEngine } from '../remote-engine.ts';
import { createEntityBatches } from './entity-batches.ts';

type Handler = typeof unifiedGraphHandler;
type Handled = Awaited<ReturnType<Handler>>;
type Executor = NonNullable<Handled['executor']>;
type Request = Parameters<Executor>[0];
type Result = Awaited<ReturnType<Executor>>;

/** Stands for the subscription's own fetch in a plan: asks the subgraph, or gives the event that is executed. */
class Root {
  event?: ExecutionResult;
  source?: AsyncIterable<ExecutionResult>;
}

const isStream = (result: unknown): result is AsyncIterable<ExecutionResult> =>
  typeof result === 'object' && result !== null && Symbol.asyncIterator in result;

/**
 * Who sees an event: everybody. A stream outlives the token that opened it, so what other subgraphs add to its events
 * cannot depend on the token, or it would change when that expires.
 */
function asPublic(context: Request['context']): Request['context'] {
  const { request } = context as { request?: globalThis.Request };
  if (!request) return context;
  const headers = new Headers(request.headers);
  headers.delete('authorization');
  return { ...context, request: new Request(request.url, { headers }) };
}

/**
 * The planner's handler of the supergraph, with each event of a subscription executed by itself. (As it is, it runs all
 * events through one state: an error of one event is told with all that follow, and an event without data repeats the
 * data of the one before.)
 * @param remote executes queries and mutations in its place; live streams it does not
 * @param headersOf what of a client's request subgraphs get to know
 * @param labels of moves of fields that are on for everybody
 */
export const createUnifiedGraphHandler =
  (
    remote: RemoteEngine | undefined,
    headersOf: (request: globalThis.Request) => Record<string, string>,
    labels: readonly string[],
  ): Handler =>
  async (options) => {
    const ofEvents = createEntityBatches(options.onSubgraphExecute);
    const handled = await unifiedGraphHandler({
      ...options,
      getUnifiedGraphSDL: () => placeLabels(options.getUnifiedGraphSDL()),
      handleProgressiveOverride(label, { request }) {
        return isOn(label, placeIn(request?.headers.get(PLACE_HEADER)), labels);
      },
      onSubgraphExecute(subgraph, request) {
        const root: unknown = request.rootValue;
        if (!(root instanceof Root)) return options.onSubgraphExecute(subgraph, request);
        if (request.operationType !== 'subscription') return ofEvents(subgraph, request);
        if (root.event) return root.event as Result;
        return Promise.resolve(options.onSubgraphExecute(subgraph, request)).then((result) => {
          if (!isStream(result)) return result;
          root.source = result;
          return { data: null };
        });
      },
    });
    const execute = handled.executor;
    if (!execute) return handled;

    async function subscribe(request: Request): Promise<Result> {
      const opening = new Root();
      const answer = await execute?.({ ...request, rootValue: opening });
      if (!opening.source) return answer as Result;
      const context = asPublic(request.context);
      return createResponseStream(
        opening.source,
        async (event) => {
          // A context of its own, because loaders are kept by it.
          const one = { ...request, context: { ...context }, rootValue: Object.assign(new Root(), { event }) };
          return (await execute?.(one)) as FormattedExecutionResult;
        },
        (error) => ({
          errors: [error instanceof GraphQLError ? error : new GraphQLError('', { originalError: error as Error })],
        }),
        () => {},
      ) as unknown as Result;
    }

    async function ofGraphAlone(request: Request): Promise<Result> {
      if (!remote || asksOnlyOfSchema(request.document, request.operationName, request.variables))
        return (await execute?.(request)) as Result;
      const { document, operationName, variables, context } = request;
      const { request: from } = context as { request?: globalThis.Request };
      return remote.execute({ document, operationName, variables, headers: from ? headersOf(from) : {} });
    }

    async function executeHalves(request: Request, { schema, graph }: Halves): Promise<Result> {
      const [ofSchema, ofGraph] = (await Promise.all([
        execute?.({ ...request, document: schema }),
        ofGraphAlone({ ...request, document: graph }),
      ])) as [ExecutionResult, ExecutionResult];
      const errors = [...(ofSchema.errors ?? []), ...(ofGraph.errors ?? [])];
      const data = ofGraph.data ? { ...ofSchema.data, ...ofGraph.data } : null;
      return { ...ofGraph, data, ...(errors.length > 0 ? { errors } : {}) };
    }

    const executor = (asked: Request): ReturnType<Executor> => {
      const request = { ...asked, document: mergeFields(asked.document) };
      if (getOperationAST(request.document, request.operationName)?.operation === 'subscription')
        return subscribe(request);
      const halves = splitIntrospection(request.document, request.operationName, request.variables);
      if (halves) return executeHalves(request, halves);
      return remote ? ofGraphAlone(request) : execute(request);
    };
    return { ...handled, executor: executor as Executor };
  };
