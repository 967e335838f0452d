import type { IncomingMessage } from 'node:http';
import { graphqlOperationDuration, operationLabel } from '@community/kit/metrics';
import type { GatewayPlugin } from '@graphql-hive/gateway-runtime';
import type { ExecutionArgs } from 'graphql';

const names = new WeakMap<IncomingMessage, string>();

/** The operation that a request asked for, for its line in the log. */
export function operationOf(request: IncomingMessage): string | undefined {
  return names.get(request);
}

/** Measures operations by name; of a subscription, how long it takes to begin. */
export function useOperationMetrics(): GatewayPlugin {
  function begin(args: ExecutionArgs): (failed: boolean) => void {
    const start = process.hrtime.bigint();
    const operation = operationLabel(args.operationName);
    const { req } = args.contextValue as { req?: IncomingMessage };
    if (req) names.set(req, operation);
    return (failed) =>
      graphqlOperationDuration.observe(
        { operation, outcome: failed ? 'error' : 'ok' },
        Number(process.hrtime.bigint() - start) / 1e9,
      );
  }
  return {
    onExecute({ args }) {
      const done = begin(args);
      return {
        onExecuteDone: ({ result }) => done(!(Symbol.asyncIterator in result) && Boolean(result.errors?.length)),
      };
    },
    onSubscribe({ args }) {
      const done = begin(args);
      return { onSubscribeResult: ({ result }) => done(!(Symbol.asyncIterator in result)) };
    },
  };
}
