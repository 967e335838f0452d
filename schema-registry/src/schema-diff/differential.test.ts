import { buildSchema, type DocumentNode, type GraphQLSchema, getOperationAST, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { diffSchemas } from './diff.ts';

const USERS = 'interface N { id: ID } type A implements N { id: ID } type B implements N { id: ID }';
const NAMED = 'interface M { name: ID }';

/** Two schemas, an operation that only the first answers, and the coordinates that the operation uses. */
const cases: readonly (readonly [before: string, after: string, operation: string, uses: readonly string[]])[] = [
  ['type Query { a: Int b: Int }', 'type Query { b: Int }', '{ a }', ['Query.a']],
  ['type Query { a: Int }', 'type Query { a: [A] } type A { b: Int }', '{ a }', ['Query.a']],
  ['type Query { a: S } scalar S', 'type Query { a: S } type S { b: Int }', '{ a }', ['Query.a']],
  ['type Query { a: S } type S { b: Int }', 'type Query { a: S } enum S { B }', '{ a { __typename } }', ['Query.a']],
  ['type Query { a: Int } type Mutation { b: Int }', 'type Query { a: Int }', 'mutation { b }', ['Mutation.b']],
  [
    'schema { query: Q mutation: M } type Q { a: Int } type M { b: Int }',
    'schema { query: Q } type Q { a: Int } type M { b: Int }',
    'mutation { b }',
    ['M.b'],
  ],
  [
    `type Query { n: N } ${USERS}`,
    `type Query { n: A } ${USERS}`,
    '{ n { ...on B { id } } }',
    ['Query.n', 'B', 'B.id'],
  ],
  [
    `type Query { n: N } ${USERS}`,
    'type Query { n: N } interface N { id: ID } type A implements N { id: ID }',
    '{ n { ...on B { id } } }',
    ['Query.n', 'B', 'B.id'],
  ],
  [
    `type Query { n: N b: B } ${USERS}`,
    'type Query { n: N b: B } interface N { id: ID } type A implements N { id: ID } type B { id: ID }',
    '{ b { ...P } } fragment P on N { id }',
    ['Query.b', 'N', 'N.id'],
  ],
  [
    `type Query { u: U } union U = A | B ${USERS}`,
    `type Query { u: U } union U = A ${USERS}`,
    '{ u { ...on B { id } } }',
    ['Query.u', 'B', 'B.id'],
  ],
  [
    // B alone lets a fragment on M stand in U, and is not named.
    `type Query { u: U } union U = A | B type A { id: ID } type B implements M { name: ID } ${NAMED}`,
    `type Query { u: U } union U = A type A { id: ID } type B implements M { name: ID } ${NAMED}`,
    '{ u { ...on M { name } } }',
    ['Query.u', 'M', 'M.name'],
  ],
  [
    `type Query { u: U m: M } union U = A | B type A { id: ID } type B implements M { name: ID } ${NAMED}`,
    `type Query { u: U m: M } union U = A type A { id: ID } ${NAMED} type C implements M { name: ID }`,
    '{ m { ...on U { __typename } } }',
    ['Query.m', 'U'],
  ],
  ['type Query { a(x: Int y: Int): Int }', 'type Query { a(x: Int): Int }', '{ a(y: 1) }', ['Query.a', 'Query.a(y:)']],
  ['type Query { a: Int }', 'type Query { a(x: Int!): Int }', '{ a }', ['Query.a']],
  ['type Query { a(x: Int): Int }', 'type Query { a(x: Int!): Int }', '{ a }', ['Query.a']],
  ['type Query { a(x: Int! = 1): Int }', 'type Query { a(x: Int!): Int }', '{ a }', ['Query.a']],
  ['type Query { a(x: Int): Int }', 'type Query { a(x: Int! = 1): Int }', '{ a(x: null) }', ['Query.a', 'Query.a(x:)']],
  [
    'type Query { a(x: Int): Int }',
    'type Query { a(x: [Int]): Int }',
    'query ($x: Int) { a(x: $x) }',
    ['Query.a', 'Query.a(x:)'],
  ],
  [
    'type Query { a(i: I): Int } input I { b: Int c: Int }',
    'type Query { a(i: I): Int } input I { b: Int }',
    '{ a(i: { c: 1 }) }',
    ['Query.a', 'Query.a(i:)', 'I', 'I.c'],
  ],
  [
    'type Query { a(i: I): Int } input I { b: Int c: Int }',
    'type Query { a(i: I): Int } input I { b: Int c: Int! }',
    '{ a(i: { b: 1 }) }',
    ['Query.a', 'Query.a(i:)', 'I', 'I.b'],
  ],
  [
    'type Query { a(i: I): Int } input I { b: Int }',
    'type Query { a(i: I): Int } input I { b: Int c: Int! }',
    '{ a(i: {}) }',
    ['Query.a', 'Query.a(i:)', 'I'],
  ],
  [
    'type Query { a(i: I): Int } input I { b: Int c: Int }',
    'type Query { a(i: I): Int } input I @oneOf { b: Int c: Int }',
    '{ a(i: { b: 1, c: 2 }) }',
    ['Query.a', 'Query.a(i:)', 'I', 'I.b', 'I.c'],
  ],
  [
    'type Query { a(e: E): Int } enum E { X Y }',
    'type Query { a(e: E): Int } enum E { X }',
    'query ($e: E = Y) { a(e: $e) }',
    ['Query.a', 'Query.a(e:)', 'E', 'E.Y'],
  ],
  [
    'type Query { a(e: E): Int } enum E { X Y }',
    'type Query { a(e: String): Int }',
    'query ($e: E) { a(e: $e) }',
    ['Query.a', 'Query.a(e:)', 'E'],
  ],
];

/** Validation says nothing of an operation whose root type is missing; execution refuses it. */
function answers(schema: GraphQLSchema, document: DocumentNode): boolean {
  const operation = getOperationAST(document)?.operation;
  return !!operation && !!schema.getRootType(operation) && validate(schema, document).length === 0;
}

describe('an operation that becomes invalid', () => {
  it.each(cases)('%s → %s: %s', (before, after, operation, uses) => {
    const [old, now, document] = [buildSchema(before), buildSchema(after), parse(operation)];
    expect([answers(old, document), answers(now, document)]).toEqual([true, false]);
    const asked = diffSchemas(old, now).flatMap(({ breaksUsersOf }) => breaksUsersOf);
    expect(uses.filter((coordinate) => asked.includes(coordinate))).not.toEqual([]);
  });
});
