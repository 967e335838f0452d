import { mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { testConfig } from '@community/gateway/testing';
import { composeSupergraph } from '@community/rover/compose';
import { serve } from '@community/testing/serve';
import { until } from '@community/testing/wait';
import { graphql, parse } from 'graphql';
import { expect, it } from 'vitest';
import { startGateway } from '../src/gateway.ts';

const SECRET = 'router-secret-of-tests-0123456789abcdef';

/** A subgraph of one entity, that any version of its SDL can be asked by. */
async function subgraph() {
  const schema = buildSubgraphSchema({
    typeDefs: parse(
      'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"]) type Query { thing: Thing } type Thing @key(fields: "id") { id: ID! old: String fresh: String }',
    ),
    resolvers: { Query: { thing: () => ({ id: '1', old: 'old', fresh: 'fresh' }) } },
  });
  return serve(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { query, variables } = JSON.parse(Buffer.concat(chunks).toString()) as {
      query: string;
      variables: Record<string, unknown>;
    };
    const authorised = request.headers['x-router-secret'] === SECRET;
    const body = authorised
      ? await graphql({ schema, source: query, variableValues: variables })
      : { errors: [{ message: 'no secret' }] };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  });
}

function compose(fields: string): string {
  const sdl = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"]) type Query { thing: Thing } type Thing @key(fields: "id") { id: ID! ${fields} }`;
  const composed = composeSupergraph([{ name: 'things', url: 'http://things/graphql', sdl }]);
  if ('errors' in composed) throw new Error(JSON.stringify(composed.errors));
  return composed.supergraph;
}

it('a new supergraph is served without a request dropped, and a broken one changes nothing', async () => {
  const things = await subgraph();
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'reload-')), 'supergraph.graphql');
  const replace = (text: string) => {
    writeFileSync(`${file}.new`, text);
    renameSync(`${file}.new`, file);
  };
  replace(compose('old: String'));
  const config = testConfig({
    supergraphPath: file,
    subgraphUrls: { things: things.url },
    routerSecret: SECRET,
  });
  const gateway = await startGateway(config);
  const ask = async (query: string) =>
    (await (
      await fetch(`http://127.0.0.1:${gateway.port}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      })
    ).json()) as { data?: { thing: object }; errors?: { message: string }[] };

  let [running, asked] = [true, 0];
  const failures: unknown[] = [];
  const load = Array.from({ length: 4 }, async () => {
    while (running) {
      const answer = await ask('{ thing { id old } }').catch((error: unknown) => ({
        data: undefined,
        errors: [error],
      }));
      asked += 1;
      if (JSON.stringify(answer.data) !== '{"thing":{"id":"1","old":"old"}}') failures.push(answer);
    }
  });
  expect((await ask('{ thing { fresh } }')).errors?.[0]?.message).toMatch(/Cannot query field "fresh"/);
  expect(JSON.stringify(await ask('{ thing { odl } }'))).not.toContain('Did you mean');
  expect((await ask('{ __schema { types { name } } }')).errors).toBeDefined();
  await until(() => asked > 50);
  replace(compose('old: String fresh: String'));
  await until(
    async () =>
      (await ask('{ thing { fresh } }')).data !== undefined && (await ask('{ thing { fresh } }')).errors === undefined,
    'the new field being served',
  );
  replace('type Query {');
  const before = asked;
  await until(() => asked > before + 50);
  running = false;
  await Promise.all(load);
  expect(failures).toEqual([]);
  expect((await ask('{ thing { fresh old } }')).data).toEqual({ thing: { fresh: 'fresh', old: 'old' } });
  await gateway.stop();
  await things.close();
}, 60_000);
