import { readFileSync } from 'node:fs';
import { composeServices } from '@apollo/composition';
import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { QueryPlanner as ApolloPlanner } from '@apollo/query-planner';
import { composeSupergraph } from '@community/rover/compose';
import { readSubgraphs } from '@community/rover/supergraph-config';
import { QueryPlanner as HivePlanner } from '@graphql-hive/router-query-planner';
import { parse, print, separateOperations } from 'graphql';
import { describe, expect, test } from 'vitest';
import { generateGraph } from '../../bench/registry/generate.ts';

interface Source {
  readonly name: string;
  readonly url: string;
  readonly sdl: string;
}

function composeByBoth(subgraphs: readonly Source[]): { mit: string; apollo: string } {
  const mit = composeSupergraph(subgraphs);
  if ('errors' in mit) throw new Error(mit.errors[0]?.message);
  const apollo = composeServices(subgraphs.map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl) })));
  if (!apollo.supergraphSdl) throw new Error(apollo.errors?.[0]?.message);
  return { mit: mit.supergraph, apollo: apollo.supergraphSdl };
}

/** Names that planners make up are told apart by their order of appearance, and so is white space. */
const normalised = (plan: unknown): string =>
  JSON.stringify(plan, (key, value: unknown) => {
    if (key === 'operationName' || key === 'hash' || key === 'operationDocumentNode' || key === 'schemaAwareHash')
      return undefined;
    if (key === 'operation' && typeof value === 'string') {
      // The order in which entities of one fetch are asked for is the planner's own.
      const document = parse(value, { noLocation: true });
      return print(document)
        .replace(/^(query|mutation) \w+/, '$1')
        .replace(/\s+/g, ' ')
        .trim();
    }
    return value;
  });

/** Both engines over one supergraph. The native planner must be held for as long as it plans. */
function plannersOf(supergraph: string) {
  const built = Supergraph.build(supergraph);
  const apollo = new ApolloPlanner(built);
  const hive = new HivePlanner(supergraph);
  return {
    apolloPlan: (operation: string) =>
      normalised(apollo.buildQueryPlan(operationFromDocument(built.apiSchema(), parse(operation)))),
    hivePlan: async (operation: string) => normalised(await hive.planAsync(operation, null, new Set(), 100)),
  };
}

async function expectTheSamePlans(one: ReturnType<typeof plannersOf>, two: typeof one, operation: string) {
  expect(one.apolloPlan(operation)).toBe(two.apolloPlan(operation));
  expect(await one.hivePlan(operation)).toBe(await two.hivePlan(operation));
}

function operationsOf(file: string): [name: string, text: string][] {
  return Object.entries(separateOperations(parse(readFileSync(file, 'utf8')))).map(([name, document]) => [
    name,
    print(document),
  ]);
}

describe('our own graph, composed by both libraries', () => {
  const read = readSubgraphs('rover/supergraph.yaml', undefined);
  if ('errors' in read) throw new Error(read.errors.join('\n'));
  const { mit, apollo } = composeByBoth(read.subgraphs);
  const [ofMit, ofApollo] = [plannersOf(mit), plannersOf(apollo)];

  test('is the committed supergraph', () => {
    expect(mit).toBe(readFileSync('router/supergraph.graphql', 'utf8'));
  });

  test.each(operationsOf('tests/graph/operations.graphql'))('%s is planned alike by both engines', (_, operation) =>
    expectTheSamePlans(ofMit, ofApollo, operation),
  );
});

describe('a generated graph, composed by both libraries', () => {
  const { mit, apollo } = composeByBoth(generateGraph(6, 60));
  const [ofMit, ofApollo] = [plannersOf(mit), plannersOf(apollo)];

  test.each([
    ['an entity over three subgraphs', '{ entity1(id: "1") { id name from0 { name } latest { name } } }'],
    ['lists and unions', '{ list2(first: 3) { name } any3 { __typename ... on T3x0 { name } ... on T3x1 { name } } }'],
    ['an input', 'query($filter: Filter4) { list4(filter: $filter) { name } }'],
  ])('%s is planned alike by both engines', (_, operation) => expectTheSamePlans(ofMit, ofApollo, operation));
});

describe('faulty graphs have the same error codes', () => {
  const LINK =
    'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires", "@override", "@provides", "@inaccessible"])\n';

  /** The codes that both give, or what each gives where they differ. */
  const codes = (subgraphs: Record<string, string>) => {
    const sources = Object.entries(subgraphs).map(([name, sdl]) => ({
      name,
      url: `http://${name}/graphql`,
      sdl: LINK + sdl,
    }));
    const mit = composeSupergraph(sources);
    const ours = 'errors' in mit ? [...new Set(mit.errors.map(({ code }) => code))].sort() : [];
    let theirs: string[];
    try {
      const result = composeServices(sources.map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl) })));
      theirs = [...new Set((result.errors ?? []).map(({ extensions }) => String(extensions.code)))].sort();
    } catch (error) {
      theirs = [error instanceof Error ? error.message : String(error)];
    }
    return { ours, theirs };
  };

  test.each([
    ['an unknown type', 'INVALID_GRAPHQL', { a: 'type Query { a: Missing }' }],
    [
      'a field in two subgraphs',
      'INVALID_FIELD_SHARING',
      { a: 'type Query { a: P } type P { x: Int }', b: 'type Query { b: P } type P { x: Int }' },
    ],
    [
      'types that differ',
      'FIELD_TYPE_MISMATCH',
      { a: 'type Query { a: Int @shareable }', b: 'type Query { a: String @shareable }' },
    ],
    [
      'a key on a missing field',
      'KEY_INVALID_FIELDS',
      { a: 'type Query { a: P } type P @key(fields: "nothing") { id: ID! }' },
    ],
    [
      'a field that cannot be reached',
      'SATISFIABILITY_ERROR',
      {
        a: 'type Query { p: P } type P @shareable { x: Int }',
        b: 'type Query { q: Int } type P @shareable { x: Int y: Int }',
      },
    ],
    ['no query', 'NO_QUERIES', { a: 'type P @key(fields: "id") { id: ID! }' }],
    [
      'an override of itself',
      'OVERRIDE_FROM_SELF_ERROR',
      { a: 'type Query { p: P } type P @key(fields: "id") { id: ID! x: Int @override(from: "a") }' },
    ],
    [
      'an external field that nobody uses',
      'EXTERNAL_UNUSED',
      {
        a: 'type Query { p: P } type P @key(fields: "id") { id: ID! x: Int @external }',
        b: 'type P @key(fields: "id") { id: ID! x: Int }',
      },
    ],
    [
      'an external field that nobody has',
      'EXTERNAL_MISSING_ON_BASE',
      { a: 'type Query { p: P } type P @key(fields: "id") { id: ID! x: Int @external y: Int @requires(fields: "x") }' },
    ],
    [
      'a kind that differs',
      'TYPE_KIND_MISMATCH',
      { a: 'type Query { p: P } type P @shareable { x: Int }', b: 'type Query { q: Int } enum P { X }' },
    ],
    [
      'an argument that one subgraph demands',
      'REQUIRED_ARGUMENT_MISSING_IN_SOME_SUBGRAPH',
      { a: 'type Query { a(x: Int!): Int @shareable }', b: 'type Query { a: Int @shareable }' },
    ],
  ])('%s: %s', (_, code, subgraphs) => {
    expect(codes(subgraphs as Record<string, string>)).toEqual({ ours: [code], theirs: [code] });
  });
});
