import type { IncomingMessage, ServerResponse } from 'node:http';
import { Refusal, sendRefusal } from '@community/front-door/answer';
import { compressed } from '@community/front-door/compression';
import { LIMITS } from '@community/front-door/engine-settings';
import { isJsonPost, jsonOf, readOperationBody } from '@community/front-door/operation-body';
import { Request } from '@whatwg-node/fetch';
import { type ExecutionResult, GraphQLError } from 'graphql';
import { z } from 'zod';

/** GraphQL over HTTP, section 4: with this media type a request that is wrong is answered by its status. */
const RESPONSE_TYPE = 'application/graphql-response+json';

const paramsSchema = z.object({
  query: z.string().optional(),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  extensions: z.record(z.string(), z.unknown()).nullish(),
  documentId: z.string().optional(),
});
export type DirectParams = z.infer<typeof paramsSchema>;

interface HttpHints {
  readonly status?: number;
  readonly spec?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
}

const hintsOf = (extensions: Readonly<Record<string, unknown>> | undefined): HttpHints =>
  (extensions?.http as HttpHints | undefined) ?? {};

function typeOf(accept = '*/*'): string | undefined {
  if (accept.includes(RESPONSE_TYPE)) return RESPONSE_TYPE;
  return /\*\/\*|application\/(\*|json)/.test(accept) ? 'application/json' : undefined;
}

function paramsOf(json: unknown): DirectParams | undefined {
  const { data } = paramsSchema.safeParse(json);
  return data && (data.query ?? data.documentId ?? data.extensions) ? data : undefined;
}

/** An error as clients get it, without what is for the server. */
function toJson(error: unknown): unknown {
  if (!(error instanceof GraphQLError)) return error;
  const { extensions: { http: _, ...extensions } = {}, ...rest } = error.toJSON();
  return Object.keys(extensions).length > 0 ? { ...rest, extensions } : rest;
}

/** The status that errors ask for; 200 when none does. */
function statusOf(result: ExecutionResult, type: string): number {
  const hints = (result.errors ?? []).map((error) => hintsOf(error.extensions));
  const asked = hints.flatMap(({ status, spec }) => (status && !(spec && type !== RESPONSE_TYPE) ? [status] : []));
  return Math.max(hintsOf(result.extensions).status ?? 0, ...asked) || 200;
}

/**
 * Answers operations that come as JSON past the streams, requests and responses of the runtime's own server:
 * they cost as much as planning and joining do. Whatever is out of the ordinary is left to that server.
 * @param execute executes an operation as the server would
 * @param headersOf what else is said of the answer to a request
 */
export function createDirectAnswers(
  execute: (
    params: DirectParams,
    request: Request,
    incoming: IncomingMessage,
  ) => Promise<ExecutionResult | AsyncIterable<unknown>>,
  headersOf: (request: Request) => Readonly<Record<string, string>>,
) {
  async function answer(
    incoming: IncomingMessage,
    response: ServerResponse,
    params: DirectParams,
    type: string,
  ): Promise<void> {
    const request = new Request('http://localhost/graphql', {
      method: 'POST',
      headers: incoming.headers as Record<string, string>,
    });
    const result = await execute(params, request, incoming);
    if (Symbol.asyncIterator in result) {
      await result[Symbol.asyncIterator]().return?.();
      response.writeHead(406, { accept: 'text/event-stream' }).end();
      return;
    }
    const { errors, data, extensions: { http: _, ...extensions } = {} } = result;
    const text = JSON.stringify({
      ...(errors ? { errors: errors.map(toJson) } : {}),
      ...(data === undefined ? {} : { data }),
      ...(Object.keys(extensions).length > 0 ? { extensions } : {}),
    });
    const { body, headers } = await compressed(incoming, response, Buffer.from(text));
    response
      .writeHead(statusOf(result, type), {
        'content-type': `${type}; charset=utf-8`,
        ...headersOf(request),
        ...Object.assign({}, ...(errors ?? []).map((error) => hintsOf(error.extensions).headers)),
        ...headers,
      })
      .end(body);
  }

  async function handle(incoming: IncomingMessage, response: ServerResponse, otherwise: () => void): Promise<void> {
    const type = isJsonPost(incoming) ? typeOf(incoming.headers.accept) : undefined;
    if (!type) return otherwise();
    await readOperationBody(incoming, LIMITS.bodyBytes);
    const params = paramsOf(jsonOf(incoming));
    return params ? answer(incoming, response, params, type) : otherwise();
  }

  /** @param otherwise answers what is not answered here */
  return (incoming: IncomingMessage, response: ServerResponse, otherwise: () => void): void => {
    handle(incoming, response, otherwise).catch((error: unknown) => {
      if (!(error instanceof Refusal) || response.headersSent) return void response.destroy();
      response.setHeader('connection', 'close');
      sendRefusal(incoming, response, error);
    });
  };
}
