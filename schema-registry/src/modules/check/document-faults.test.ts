import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { faultsOf } from './document-faults.ts';

const schema = buildSchema(`
  type Query { post(id: ID!): Post }
  type Post { id: ID! title: String author: User }
  type User { name: String }
`);
const documents = {
  valid: 'query A($id: ID!) { post(id: $id) { ...Card } } fragment Card on Post { title }',
  sameFragmentName: 'query B($id: ID!) { post(id: $id) { author { ...Card } } } fragment Card on User { name }',
  sameOperationName: '{ post(id: 1) { id } }',
  unknownField: '{ post(id: 1) { likes } }',
  unknownFieldInFragment: 'query C { post(id: 1) { ...Card } } fragment Card on Post { likes }',
  unknownType: 'query D($id: PostId!) { post(id: $id) { id } }',
  missingArgument: '{ post { id } }',
  wrongValue: '{ post(id: 1.5) { id } }',
  conflict: '{ post(id: 1) { title title: id } }',
  rootless: 'mutation { like }',
  noDocument: 'query {',
};

describe('the faults of many documents', () => {
  it('are those that each has alone', () => {
    const faults = faultsOf(
      schema,
      Object.entries(documents).map(([id, document]) => ({ id, document })),
    );
    expect([...faults.keys()].sort()).toEqual([
      'conflict',
      'missingArgument',
      'noDocument',
      'rootless',
      'unknownField',
      'unknownFieldInFragment',
      'unknownType',
      'wrongValue',
    ]);
    for (const id of [
      'conflict',
      'missingArgument',
      'unknownField',
      'unknownFieldInFragment',
      'unknownType',
      'wrongValue',
    ] as const)
      expect(validate(schema, parse(documents[id]))[0]?.message).toContain(faults.get(id)?.message);
  });

  it('are told of more documents than graphql-js tells faults of one', () => {
    const many = Array.from({ length: 150 }, (_, index) => ({ id: `${index}`, document: documents.unknownField }));
    expect(faultsOf(schema, many).size).toBe(150);
  });
});
