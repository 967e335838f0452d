import type { IncomingMessage } from 'node:http';
import { graphqlOperationDuration, operationLabel } from '@community/kit/metrics';
import type { GatewayPlugin } from '@graphql-hive/gateway-runtime';

const names = new WeakMap<IncomingMessage, string>();

/** The operation that a request asked for, for its line in the log. */
export function operationOf(request: IncomingMessage): string | undefined {
  return names.get(request);
}

/** Measures operations by name. */
export function useOperationMetrics(): GatewayPlugin {
  return {
    onExecute({ args }) {
      const start = process.hrtime.bigint();
      const operation = operationLabel(args.operationName);
      const { req } = args.contextValue as { req?: IncomingMessage };
      if (req) names.set(req, operation);
      return {
        onExecuteDone({ result }) {
          const failed = !(Symbol.asyncIterator in result) && result.errors?.length;
          graphqlOperationDuration.observe(
            { operation, outcome: failed ? 'error' : 'ok' },
            Number(process.hrtime.bigint() - start) / 1e9,
          );
        },
      };
    },
  };
}
