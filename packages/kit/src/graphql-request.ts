import { BadRequestError } from './http.ts';

/** What the body of a request in GraphQL over HTTP asks for. */
export interface GraphqlRequest {
  readonly query: string;
  readonly operationName?: string;
  readonly variables?: Record<string, unknown>;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const bad = (message: string) => new BadRequestError(400, message);

/** @throws BadRequestError 400 for what is no request */
export function readGraphqlRequest(body: unknown): GraphqlRequest {
  if (!isObject(body)) throw bad('Send a JSON object with a `query`.');
  const { query, operationName, variables } = body;
  if (typeof query !== 'string' || query === '') throw bad('`query` must be a text that is not empty.');
  if (typeof operationName !== 'string' && operationName !== undefined && operationName !== null)
    throw bad('`operationName` must be a text.');
  if (!isObject(variables) && variables !== undefined && variables !== null)
    throw bad('`variables` must be an object.');
  return { query, ...(operationName && { operationName }), ...(variables && { variables }) };
}
