import { traceparentOf } from '@community/kit/trace';
import { z } from 'zod';
import { Refusal } from './answer.ts';

const TIMEOUT_MS = 8_000;

/** Which HTTP status says what a subgraph says. */
const STATUS: Record<string, number> = {
  ValidationError: 400,
  InvalidCredentialsError: 401,
  InvalidRefreshTokenError: 401,
  InvalidApiTokenError: 401,
  InvalidCodeError: 401,
  InvalidPasskeyError: 401,
  InvalidChallengeError: 401,
  AccountClosedError: 403,
  AccountSuspendedError: 403,
  NotSignedInError: 401,
  HandleTakenError: 409,
  SignUpRefusedError: 409,
  ConflictError: 409,
  NotFoundError: 404,
  TooManyAttemptsError: 429,
};

const answerSchema = z.object({
  data: z.record(z.string(), z.looseObject({ __typename: z.string() })).nullish(),
  errors: z
    .array(z.object({ message: z.string(), extensions: z.object({ code: z.string().optional() }).optional() }))
    .optional(),
});
const problem = z.object({
  code: z.string(),
  message: z.string(),
  path: z.array(z.string()).default([]),
  retryAfterSeconds: z.number().optional(),
});

/** What identifies a request when it goes on to a subgraph. */
export interface CallerHeaders {
  readonly address: string;
  readonly requestId: string;
  readonly traceId: string;
}

/**
 * Sends mutations to a subgraph, as a router does, for browsers that have no client of the graph.
 * @param options.unavailable what a browser is told when the subgraph does not answer
 * @returns what sends one; it returns the mutation's result, and throws Refusal when that is an error
 */
export function createMutations(options: { url: string; routerSecret: string; unavailable: string }) {
  const unavailable = () =>
    new Refusal(503, 'SERVICE_UNAVAILABLE', options.unavailable, { headers: { 'retry-after': '2' } });

  return async function mutate(
    operation: string,
    document: string,
    input: Record<string, unknown>,
    caller: CallerHeaders,
    accessToken?: string,
  ): Promise<Record<string, unknown>> {
    let answer: z.infer<typeof answerSchema>;
    try {
      const response = await fetch(`${options.url}/graphql`, {
        method: 'POST',
        signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: {
          'content-type': 'application/json',
          'x-router-secret': options.routerSecret,
          ...(accessToken ? { authorization: `Bearer ${accessToken}` } : {}),
          'x-client-address': caller.address,
          'x-request-id': caller.requestId,
          traceparent: traceparentOf(caller.traceId),
          'apollographql-client-name': 'front-door',
        },
        body: JSON.stringify({ query: document, variables: { input } }),
      });
      answer = answerSchema.parse(await response.json());
    } catch {
      throw unavailable();
    }
    const result = answer.data?.[operation];
    if (result && !result.__typename.endsWith('Error')) return result;
    if (result) {
      const { code, message, path, retryAfterSeconds } = problem.parse(result);
      throw new Refusal(STATUS[result.__typename] ?? 400, code, message, {
        path,
        headers: retryAfterSeconds ? { 'retry-after': String(retryAfterSeconds) } : {},
      });
    }
    const [error] = answer.errors ?? [];
    if (error?.extensions?.code === 'UNAUTHENTICATED') throw new Refusal(401, 'TOKEN_EXPIRED', error.message);
    if (error?.extensions?.code === 'BAD_USER_INPUT') throw new Refusal(400, 'BAD_USER_INPUT', error.message);
    throw unavailable();
  };
}
