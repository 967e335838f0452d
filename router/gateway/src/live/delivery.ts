import type { Listener } from '@community/front-door/live/hub';
import type { ExecutionResult, GraphQLFormattedError } from 'graphql';

/** What the engine gives: a result, or those of a stream. */
export type Answer = ExecutionResult | AsyncIterableIterator<ExecutionResult>;

function encode(result: ExecutionResult): string {
  if (!result.errors) return JSON.stringify(result);
  const errors = result.errors.map((error): GraphQLFormattedError => {
    const formatted: GraphQLFormattedError = 'toJSON' in error ? error.toJSON() : error;
    // The status of an HTTP answer is for the server, not for clients.
    const { http: _, ...extensions } = formatted.extensions ?? {};
    return { ...formatted, extensions };
  });
  return JSON.stringify({ ...result, errors });
}

/** Gives what the engine answers to a listener. @returns what ends it */
export function deliver(answered: Promise<Answer>, listener: Listener): () => void {
  let source: AsyncIterableIterator<ExecutionResult> | undefined;
  let ended = false;

  async function pump(): Promise<void> {
    const answer = await answered;
    if (!(Symbol.asyncIterator in answer)) listener.next(encode(answer));
    else if (ended) await answer.return?.();
    else {
      source = answer;
      for await (const result of answer) listener.next(encode(result));
    }
  }

  void pump().then(listener.complete, listener.complete);
  return () => {
    ended = true;
    void Promise.resolve(source?.return?.()).catch(() => {});
  };
}
