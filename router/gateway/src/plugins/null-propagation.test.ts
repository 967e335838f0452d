import { buildSchema, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { propagateNulls } from './null-propagation.ts';

const schema = buildSchema(`
  type Query { a: A, must: A!, many: [A!], some: [A]!, thing: Thing }
  type A implements Named { id: ID!, name: String!, maybe: String, b: B, bs: [B!]! }
  type B { id: ID!, deep: A! }
  interface Named { name: String! }
  union Thing = A | B
`);

const propagate = (query: string, data: Record<string, unknown>) => propagateNulls(schema, parse(query), null, data);

describe('a null in a non-null place', () => {
  it.each<[string, string, Record<string, unknown>, unknown]>([
    ['makes its object null', '{ a { id name } }', { a: { id: '1', name: null } }, { a: null }],
    ['that may be null stays', '{ a { id maybe } }', { a: { id: '1', maybe: null } }, { a: { id: '1', maybe: null } }],
    ['goes up to the root', '{ must { name } }', { must: { name: null } }, null],
    [
      'takes a list of non-nulls with it',
      '{ many { name } }',
      { many: [{ name: 'x' }, { name: null }] },
      { many: null },
    ],
    [
      'costs one item of a list of nullables',
      '{ some { name } }',
      { some: [{ name: 'x' }, { name: null }] },
      { some: [{ name: 'x' }, null] },
    ],
    [
      'goes up through nested objects',
      '{ a { id b { id deep { name } } } }',
      { a: { id: '1', b: { id: '2', deep: { name: null } } } },
      { a: { id: '1', b: null } },
    ],
    ['is found behind an alias', '{ x: a { y: name } }', { x: { y: null } }, { x: null }],
    ['is found in fragments', '{ a { ...F } } fragment F on Named { name }', { a: { name: null } }, { a: null }],
    [
      'is found in a union',
      '{ thing { __typename ... on A { name } } }',
      { thing: { __typename: 'A', name: null } },
      { thing: null },
    ],
    [
      'of another member of the union is none',
      '{ thing { __typename ... on A { name } ... on B { id } } }',
      { thing: { __typename: 'B', id: '1' } },
      { thing: { __typename: 'B', id: '1' } },
    ],
    ['is one that is missing', '{ a { id name } }', { a: { id: '1' } }, { a: null }],
    ['was left out by @include', '{ a { id name @include(if: false) } }', { a: { id: '1' } }, { a: { id: '1' } }],
  ])('%s', (_, query, data, expected) => {
    expect(propagate(query, data)).toEqual(expected);
  });
});
