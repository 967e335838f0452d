import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LiveGraph, startLiveGraph } from './live-graph.ts';

let graph: LiveGraph;
beforeAll(async () => {
  graph = await startLiveGraph({ production: false });
});
afterAll(() => graph[Symbol.asyncDispose]());

async function ask(query: string, variables: object = {}): Promise<unknown> {
  const response = await fetch(graph.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return response.json();
}

it.each([
  ['behind it', '{ people __type(name: "Person") { name } }', {}],
  ['before it', '{ __type(name: "Person") { name } people }', {}],
  [
    'in fragments of it',
    'query ($name: String!, $no: Boolean!) { ...Both ... @include(if: $no) { __schema { queryType { name } } } } fragment Both on Query { people __type(name: $name) { ...Named } } fragment Named on __Type { name }',
    { name: 'Person', no: false },
  ],
])('a question about the schema is answered beside data, %s', async (_, query, variables) => {
  expect(await ask(query, variables)).toEqual({ data: { people: 0, __type: { name: 'Person' } } });
});

it('a question about the schema alone is answered, and so is the type of the root', async () => {
  expect(await ask('{ __typename }')).toEqual({ data: { __typename: 'Query' } });
  expect(await ask('{ __typename __schema { queryType { name } } }')).toEqual({
    data: { __typename: 'Query', __schema: { queryType: { name: 'Query' } } },
  });
});

it('the question that tools ask is answered as a whole, however deep it is', async () => {
  const { data, errors } = (await ask(getIntrospectionQuery())) as { data: IntrospectionQuery; errors?: unknown };
  expect(errors).toBeUndefined();
  expect(Object.keys(buildClientSchema(data).getTypeMap())).toContain('Person');
});

it('a question about the schema that goes in circles is refused', async () => {
  const circle = (depth: number): string => (depth ? `fields { type { ${circle(depth - 1)} } }` : 'name');
  const answer = await ask(`{ __schema { types { ${circle(5)} } } }`);
  expect(answer).toMatchObject({ errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] });
});
