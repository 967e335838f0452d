import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createPreparation } from './prepared-usage.ts';
import type { UsageRecord } from './usage.ts';

const schema = buildSchema(`
  enum Sort { NEW OLD } enum State { OPEN CLOSED }
  input Filter { sort: Sort text: String and: Filter }
  interface Node { id: ID! }
  type Thing implements Node { id: ID! state: State }
  type Query { find(filter: Filter, first: Int): [Thing!]! node: Node }
`);
const record: UsageRecord = {
  document: 'query Find($filter: Filter) { find(filter: $filter) { id state } node { ... on Thing { id } } }',
  operationName: 'Find',
  precision: 'mixed',
  // As Hive Router reports it: without the names of types, and with every value of an enum that is received.
  coordinates: [
    'Filter.and',
    'Filter.text',
    'Query.find',
    'Query.find(filter:)',
    'Query.node',
    'State.CLOSED',
    'State.OPEN',
    'Thing.id',
    'Thing.state',
  ],
  client: { name: 'web', version: '1' },
  hour: new Date(),
  requests: 3,
  errors: 0,
  durationMs: 1,
};
const text = ['Filter', 'Query.find', 'Query.find(filter:)', 'Query.node', 'Thing', 'Thing.id', 'Thing.state'];
const certain = (names: readonly string[]) => names.map((coordinate) => ({ coordinate, conservative: false }));

describe('a mixed report', () => {
  const { prepare } = createPreparation();

  it('is told apart by its document into what the text uses and what variables did', () => {
    const { coordinates, inputs, precision } = prepare(record, schema);
    expect(precision).toBe('EXACT');
    expect(coordinates).toEqual(certain(text));
    expect(inputs).toEqual({ 'Filter.and': 3, 'Filter.text': 3 });
  });

  it('is the entry of the same document in an exact one', () => {
    const exact: UsageRecord = {
      ...record,
      document: record.document.replace('find(', 'mine: find(').replace('{ id state }', '{ state id }'),
      precision: 'exact',
      coordinates: text,
      inputs: { 'Sort.NEW': 1 },
    };
    expect(prepare(exact, schema).hash).toBe(prepare(record, schema).hash);
    expect(prepare(exact, schema).inputs).toEqual({ 'Sort.NEW': 1 });
    expect(prepare({ ...exact, precision: 'fields' }, schema).hash).not.toBe(prepare(record, schema).hash);
  });

  it('leaves out what operations of the document use that were not executed', () => {
    const two = { ...record, document: 'query Find { node { id } } query Other { find { state } }' };
    expect(prepare(two, schema).coordinates).toEqual(certain(['Node.id', 'Query.node']));
  });

  it.each([
    ['no schema is in service', record, null],
    [
      'the schema in service knows nothing of the document',
      { ...record, document: '{ gone }', operationName: null },
      schema,
    ],
  ])('is taken as it is where %s', (_, given, known) => {
    expect(prepare(given, known).coordinates).toEqual(certain(record.coordinates));
  });
});
