import type { IncomingMessage } from 'node:http';
import { BadRequestError, readJson } from '@community/kit/http';
import { z } from 'zod';
import type { GraphqlRequest } from './executor.ts';

/** Room for the largest schema, whose quotes and line ends are escaped. */
export const BODY_LIMIT = 32 * 1024 * 1024;

const shape = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});

/**
 * Reads a GraphQL request.
 * @throws BadRequestError that says what the body lacks
 */
export async function readGraphqlRequest(request: IncomingMessage): Promise<GraphqlRequest> {
  if (request.method !== 'POST') throw new BadRequestError(405, 'Send the operation by POST, as JSON.');
  const parsed = shape.safeParse(await readJson(request, BODY_LIMIT));
  if (!parsed.success)
    throw new BadRequestError(
      400,
      `The body is not a GraphQL request: ${parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`).join('; ')}`,
    );
  return parsed.data;
}
