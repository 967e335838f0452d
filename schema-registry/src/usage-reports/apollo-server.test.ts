import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginUsageReporting } from '@apollo/server/plugin/usageReporting';
import { expect, it } from 'vitest';
import { decodeApolloReport } from './apollo.ts';

const typeDefs = `
  interface Node { id: ID! }
  type Post implements Node { id: ID!, title(short: Boolean): String }
  type Query { node(id: ID!): Node, posts(first: Int): [Post!]!, broken: String }
`;
const resolvers = {
  Node: { __resolveType: () => 'Post' },
  Query: {
    node: () => ({ id: 1 }),
    posts: () => [{ id: 1, title: 'secret title' }],
    broken: () => {
      throw new Error('broken');
    },
  },
};

it.each([
  ['traces', true],
  ['statistics', false],
])('what a real Apollo Server sends as %s is understood', async (_, fieldLevelInstrumentation) => {
  const decoded: ReturnType<typeof decodeApolloReport>[] = [];
  const failures: unknown[] = [];
  const ingress = createServer(async (request, response) => {
    try {
      const body = Buffer.concat(await request.toArray());
      decoded.push(decodeApolloReport(body, request.headers['content-encoding']));
    } catch (error) {
      failures.push(error);
    }
    response.end();
  });
  ingress.listen(0, '127.0.0.1');
  await once(ingress, 'listening');
  const { port } = ingress.address() as AddressInfo;
  const server = new ApolloServer({
    typeDefs,
    resolvers,
    apollo: { key: 'service:g:x', graphRef: 'g@v' },
    logger: { debug() {}, info() {}, warn() {}, error: (message) => failures.push(message) },
    plugins: [
      ApolloServerPluginUsageReporting({
        endpointUrl: `http://127.0.0.1:${port}`,
        sendReportsImmediately: true,
        fieldLevelInstrumentation: async () => fieldLevelInstrumentation,
        generateClientInfo: () => ({ clientName: 'web', clientVersion: '1.2' }),
      }),
    ],
  });
  try {
    await server.executeOperation({
      query: 'query Posts($n: Int) { posts(first: $n) { title(short: true) } node(id: "secret") { id __typename } }',
      variables: { n: 3 },
    });
    await server.executeOperation({ query: '{ broken }' });
    await server.executeOperation({ query: '{ not valid' });
    await expect.poll(() => failures.length + decoded.length, { timeout: 10_000 }).toBe(3);
  } finally {
    await server.stop();
    ingress.close();
  }
  expect(failures).toEqual([]);
  expect(decoded.every(({ graphRef }) => graphRef === 'g@v')).toBe(true);
  const operations = decoded
    .flatMap((report) => report.operations)
    .sort((a, b) => b.document.length - a.document.length);
  const shared = { precision: 'fields', client: { name: 'web', version: '1.2' }, requests: 1 };
  expect(operations).toMatchObject([
    {
      ...shared,
      operationName: 'Posts',
      errors: 0,
      coordinates: ['Node.id', 'Post.title', 'Query.node', 'Query.posts'],
    },
    { ...shared, operationName: null, document: '{broken}', errors: 1, coordinates: ['Query.broken'] },
  ]);
  expect(operations[0]?.document).toMatch(/^query Posts\(/);
  expect(JSON.stringify(operations)).not.toContain('secret');
  for (const { durationMs, hour } of operations) {
    expect(durationMs).toBeGreaterThan(0);
    expect(Math.abs(Date.now() - hour.getTime())).toBeLessThan(2 * 3_600_000);
  }
});
