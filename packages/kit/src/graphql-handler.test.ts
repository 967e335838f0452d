import { GraphQLError } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildSubgraphSchema, createBuilder } from './builder.ts';
import type { RequestContext } from './context.ts';
import { createGraphqlHandler } from './graphql-handler.ts';
import { listen } from './http.ts';
import { createLog } from './log.ts';
import { createMemberTokenVerifier } from './member-token.ts';

const SECRET = 'router-secret-of-tests-0123456789abcdef';

/** A subgraph of notes, which counts what was written. */
async function startNotes() {
  let written = 0;
  const builder = createBuilder<RequestContext>();
  builder.queryFields((t) => ({
    note: t.string({
      nullable: true,
      args: { id: t.arg.int({ required: true }) },
      resolve: (_, { id }) => {
        if (id === 1) throw new Error('password=hunter2');
        if (id === 2) throw new GraphQLError('There is no second note.', { extensions: { code: 'NOT_FOUND' } });
        if (id === 3) throw new GraphQLError('A third one is asked for.');
        return `note ${id}`;
      },
    }),
    promised: t.string({ resolve: () => Promise.reject(new Error('password=hunter2')) }),
    mine: t.boolean({ resolve: (_, __, { member }) => member !== null }),
  }));
  builder.mutationField('write', (t) =>
    t.int({
      args: { text: t.arg.string({ required: true }) },
      resolve: () => {
        written += 1;
        return written;
      },
    }),
  );
  const log = createLog('test', 'silent');
  const { handler, stop } = await createGraphqlHandler<RequestContext>({
    domain: 'notes',
    schema: buildSubgraphSchema(builder, { name: 'Notes', description: 'Tests.' }),
    log,
    routerSecret: SECRET,
    tokens: createMemberTokenVerifier({ fetchJwks: async () => ({ keys: [] }) }),
    context: (request) => request,
    hasAudience: true,
  });
  const server = await listen({ host: '127.0.0.1', port: 0, routes: { '/graphql': handler }, onError: () => {} });
  return {
    written: () => written,
    async ask(request: object, headers: Record<string, string> = {}) {
      const response = await fetch(`http://127.0.0.1:${server.port}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-router-secret': SECRET, ...headers },
        body: JSON.stringify(request),
      });
      const { status } = response;
      const [type, audience] = ['content-type', 'x-audience'].map((name) => response.headers.get(name));
      return { status, type, audience, body: await response.text() };
    },
    async stop() {
      await server.close();
      await stop();
    },
  };
}

let notes: Awaited<ReturnType<typeof startNotes>>;
beforeAll(async () => {
  notes = await startNotes();
});
afterAll(() => notes.stop());

const failed = (message: string, code: string, path: readonly string[], column: number) => ({
  message,
  locations: [{ line: 1, column }],
  path,
  extensions: { code },
});

describe('the GraphQL route of a subgraph', () => {
  it('tells what resolvers say to clients, and hides what they do not', async () => {
    const { status, body } = await notes.ask({
      query: '{ a: note(id: 1) b: note(id: 2) c: note(id: 3) d: note(id: 4) }',
    });
    expect(status).toBe(200);
    expect(JSON.parse(body)).toEqual({
      errors: [
        failed('Something went wrong here. It was recorded.', 'INTERNAL_SERVER_ERROR', ['a'], 3),
        failed('There is no second note.', 'NOT_FOUND', ['b'], 18),
        failed('A third one is asked for.', 'INTERNAL_SERVER_ERROR', ['c'], 33),
      ],
      data: { a: null, b: null, c: null, d: 'note 4' },
    });
  });

  it('says who else may be given an answer', async () => {
    const audienceOf = async (query: string) => (await notes.ask({ query })).audience;
    expect(await audienceOf('{ note(id: 4) }')).toBe('notes');
    expect(await audienceOf('{ mine }')).toBe('personal');
    expect(await audienceOf('{ note(id: 1) }')).toBe('personal');
    expect(await audienceOf('mutation { write(text: "x") }')).toBe('written');
  });

  it('carries out nothing of an operation whose variables are wrong', async () => {
    const before = notes.written();
    const query = 'mutation Write($text: String!) { write(text: $text) }';
    for (const variables of [{}, { text: 5 }, { text: 'a\u0000b' }]) {
      const { status, body } = await notes.ask({ query, variables });
      expect([status, JSON.parse(body).errors[0].extensions.code]).toEqual([400, 'BAD_USER_INPUT']);
    }
    expect(notes.written()).toBe(before);
    await notes.ask({ query, variables: { text: 'x' } });
    expect(notes.written()).toBe(before + 1);
  });

  it.each([
    [{ query: '{ note(id: 4) __typename }' }],
    [{ query: 'query One { note(id: 4) } query Two { note(id: 5) }', operationName: 'Two' }],
    [{ query: 'query One { note(id: 4) } query Two { note(id: 5) }' }],
    [{ query: 'query One { note(id: 4) }', operationName: 'Three' }],
    [{ query: '{ note(id: 1) }' }],
    [{ query: '{ note(id: 2) }' }],
    [{ query: '{ promised note(id: 3) }' }],
    [{ query: 'query Q($id: Int!) { note(id: $id) }', variables: { id: 4 } }],
    [{ query: 'query Q($id: Int!) { note(id: $id) }', variables: { id: 'x' } }],
    [{ query: 'query Q($id: Int!) { note(id: $id) }', variables: { id: null } }],
    [{ query: 'query Q($id: Int) { note(id: $id) }', variables: { id: 4 } }],
    [{ query: '{ note(id: "x") }' }],
    [{ query: '{ note(id: 4) @skip(if: true) }' }],
    [{ query: '{ nothing }' }],
    [{ query: '{ note( }' }],
    [{ query: '{ mine }' }],
    [{ query: '{ __type(name: "Query") { name } }' }],
  ])('answers the same whether it keeps the document or not: %j', async (request) => {
    // So long a document is not kept.
    const long = { ...request, query: `${request.query} #${'x'.repeat(20_000)}` };
    for (const accept of ['application/json', 'application/graphql-response+json']) {
      const answer = await notes.ask(long, { accept });
      expect(await notes.ask(request, { accept })).toEqual(answer);
      expect(await notes.ask(request, { accept })).toEqual(answer);
    }
  });
});
