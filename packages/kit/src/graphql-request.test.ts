import { describe, expect, it } from 'vitest';
import { readGraphqlRequest } from './graphql-request.ts';

describe('a request', () => {
  it('is read with what it holds, and with nothing else', () => {
    const asked = { query: '{ feed { id } }', operationName: 'Feed', variables: { first: 1 }, extensions: { a: 1 } };
    expect(readGraphqlRequest(asked)).toEqual({
      query: '{ feed { id } }',
      operationName: 'Feed',
      variables: { first: 1 },
    });
    const plain = { query: '{ feed { id } }' };
    expect(readGraphqlRequest({ ...plain, operationName: null, variables: null })).toEqual(plain);
  });

  it.each([
    ['nothing', undefined, 'JSON object'],
    ['a list', [{ query: '{ feed { id } }' }], 'JSON object'],
    ['no query', { variables: {} }, '`query`'],
    ['an empty query', { query: '' }, '`query`'],
    ['a query that is no text', { query: { kind: 'Document' } }, '`query`'],
    ['a name that is no text', { query: '{ a }', operationName: 1 }, '`operationName`'],
    ['variables in a text', { query: '{ a }', variables: '{}' }, '`variables`'],
    ['variables in a list', { query: '{ a }', variables: [] }, '`variables`'],
  ])('that is %s is refused with words that name the fault', (_, body, words) => {
    expect(() => readGraphqlRequest(body)).toThrow(
      expect.objectContaining({ status: 400, message: expect.stringContaining(words) }),
    );
  });
});
