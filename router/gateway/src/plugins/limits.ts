import { LIMITS } from '@community/front-door/engine-settings';
import { checkLimits } from '@community/front-door/limits';
import type { GatewayPlugin } from '@graphql-hive/gateway-runtime';
import { type ExecutionArgs, type ExecutionResult, GraphQLError, getOperationAST } from 'graphql';

/** Refuses operations that ask too much, before anything is planned for them. */
export function useLimits(): GatewayPlugin {
  function check(args: ExecutionArgs, stop: (result: ExecutionResult) => void): void {
    const operation = getOperationAST(args.document, args.operationName);
    if (!operation) return;
    try {
      checkLimits(args.document, operation, args.variableValues ?? {});
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      stop({ errors: [error] });
    }
  }
  return {
    onParse({ setParseFn, parseFn }) {
      setParseFn((source, options) => parseFn(source, { ...options, maxTokens: LIMITS.tokens }));
    },
    onExecute: ({ args, setResultAndStopExecution }) => check(args, setResultAndStopExecution),
    onSubscribe: ({ args, setResultAndStopExecution }) => check(args, setResultAndStopExecution),
  };
}
