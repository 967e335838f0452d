import { buildSchema, GraphQLSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { diffSchemas } from './diff.ts';

/** Schemas whose root says nothing, unless they bring their own. */
const build = (sdl: string) => buildSchema(/type Query|schema/.test(sdl) ? sdl : `type Query { ok: Int } ${sdl}`);

/** `CODE coordinate impact [whom it breaks]`, one a change, `?` where it asks for inputs. */
const diff = (before: string, after: string) =>
  diffSchemas(build(before), build(after)).map(({ code, coordinate, impact, breaksUsersOf, aboutInput }) => {
    const whom = impact === 'ifUsed' ? `breaks ${breaksUsersOf.join(' ')}` : impact;
    return `${code} ${coordinate} ${whom}${aboutInput ? ' ?' : ''}`;
  });

type Row = readonly [before: string, after: string, changes: readonly string[]];

const table = (name: string, rows: readonly Row[]) =>
  describe(name, () => {
    it.each(rows)('%s → %s', (before, after, changes) => expect(diff(before, after)).toEqual(changes));
  });

/** Rows of what stands after `f` in an object type. */
const fields = (rows: readonly Row[]): Row[] => {
  const sdl = (rest: string) =>
    `type T { f${rest} } interface N { id: ID } type A implements N { id: ID } union U = A | T`;
  return rows.map(([before, after, changes]) => [sdl(before), sdl(after), changes]);
};

/** Rows of what stands after `f` in an input object. */
const inputs = (rows: readonly Row[]): Row[] =>
  rows.map(([before, after, changes]) => [`input I { a: Int f${before} }`, `input I { a: Int f${after} }`, changes]);

table('a type', [
  ['type T { a: Int b(x: Int): Int }', 'type U { a: Int }', ['TYPE_REMOVED T breaks T T.a T.b', 'TYPE_ADDED U safe']],
  ['enum E { A B }', '', ['TYPE_REMOVED E breaks E E.A E.B']],
  [
    'directive @d(e: E) on FIELD enum E { A }',
    'directive @d on FIELD',
    ['DIRECTIVE_ARG_REMOVED @d(e:) dangerous', 'TYPE_REMOVED E breaks E E.A ?'],
  ],
  [
    'input J { a: Int i: I } input I { a: Int }',
    'input J { a: Int }',
    ['TYPE_REMOVED I breaks I I.a ?', 'FIELD_REMOVED_FROM_INPUT_OBJECT J.i breaks J.i ?'],
  ],
  [
    'type Query { s: S t(s: S): Int } scalar S',
    'type Query { s: S t: Int } type S { a: Int }',
    ['ARG_REMOVED Query.t(s:) breaks Query.t(s:) ?', 'TYPE_CHANGED_KIND S breaks S Query.s Query.t(s:) ?'],
  ],
  ['type T { a: Int b: Int }', 'interface T { a: Int }', ['TYPE_CHANGED_KIND T breaks T T.a T.b']],
  ['enum E { A B }', 'enum E { B A }', []],
  ['scalar S', 'scalar S @specifiedBy(url: "https://example.com")', []],
  ['"one" type T { a: Int }', '"two" type T { a: Int }', ['TYPE_DESCRIPTION_CHANGE T safe']],
  ['type T { a: Int }', 'type T { a: Int b: Float }', ['FIELD_ADDED T.b safe']],
]);

table('a root', [
  [
    'type Query { a: Int } type Mutation { b: Int }',
    'type Query { a: Int }',
    ['TYPE_REMOVED Mutation breaks Mutation Mutation.b'],
  ],
  [
    'schema { query: Q } type Q { a: Int }',
    'schema { query: R } type R { a: Int }',
    ['TYPE_REMOVED Q breaks Q Q.a', 'TYPE_ADDED R safe'],
  ],
  [
    'schema { query: Q mutation: M } type Q { a: Int } type M { b: Int c: Int }',
    'schema { query: Q } type Q { a: Int } type M { b: Int }',
    ['TYPE_REMOVED M breaks M M.b M.c'],
  ],
]);

table('a field', [
  ['type Query { foo: Int foobar: Int }', 'type Query { foobar: Int }', ['FIELD_REMOVED Query.foo breaks Query.foo']],
  [
    'interface N { id: ID x: Int } type A implements N { id: ID x: Int }',
    'interface N { id: ID } type A implements N { id: ID x: Int }',
    ['FIELD_REMOVED N.x breaks N.x'],
  ],
  ...fields([
    [': Int', ': Int!', ['FIELD_CHANGED_TYPE T.f safe']],
    [': [Int]', ': [Int!]!', ['FIELD_CHANGED_TYPE T.f safe']],
    [': Int!', ': Int', ['FIELD_CHANGED_TYPE T.f breaks T.f']],
    [': [Int!]', ': [Int]', ['FIELD_CHANGED_TYPE T.f breaks T.f']],
    [': [Int!]', ': [Int]!', ['FIELD_CHANGED_TYPE T.f breaks T.f']],
    [': Int', ': [Int]', ['FIELD_CHANGED_TYPE T.f breaks T.f']],
    [': [[Int]]', ': [Int]', ['FIELD_CHANGED_TYPE T.f breaks T.f']],
    [': Int', ': Float', ['FIELD_CHANGED_TYPE T.f breaks T.f']],
    [': N', ': A', ['FIELD_CHANGED_TYPE T.f breaks T.f']],
    [': U', ': A', ['FIELD_CHANGED_TYPE T.f breaks T.f']],
    [': A', ': N', ['FIELD_CHANGED_TYPE T.f breaks T.f']],
    [': Int', ': Int @deprecated', ['FIELD_DEPRECATED T.f safe']],
    [': Int @deprecated', ': Int', ['FIELD_DEPRECATION_REMOVED T.f safe']],
    [': Int @deprecated', ': Int @deprecated(reason: "old")', ['FIELD_DEPRECATED_REASON_CHANGE T.f safe']],
    [': Int', ': Int "g" g: Int', ['FIELD_ADDED T.g safe']],
    [': Int "g" g: Int', ': Int "h" g: Int', ['FIELD_DESCRIPTION_CHANGE T.g safe']],
  ]),
]);

table('an argument', [
  ...fields([
    ['(x: Int y: Int): Int', '(y: Int): Int', ['ARG_REMOVED T.f(x:) breaks T.f(x:) ?']],
    [': Int', '(x: Int): Int', ['OPTIONAL_ARG_ADDED T.f(x:) safe']],
    [': Int', '(x: Int! = 1): Int', ['OPTIONAL_ARG_ADDED T.f(x:) safe']],
    [': Int', '(x: Int!): Int', ['REQUIRED_ARG_ADDED T.f(x:) breaks T.f']],
    ['(x: Int!): Int', '(x: Int): Int', ['ARG_CHANGED_TYPE T.f(x:) safe']],
    ['(x: [Int!]!): Int', '(x: [Int]!): Int', ['ARG_CHANGED_TYPE T.f(x:) safe']],
    ['(x: Int): Int', '(x: Int!): Int', ['ARG_CHANGED_TYPE_OPTIONAL_TO_REQUIRED T.f(x:) breaks T.f']],
    ['(x: Int = 1): Int', '(x: Int! = 1): Int', ['ARG_CHANGED_TYPE T.f(x:) breaks T.f(x:) ?']],
    [
      '(x: Int! = 1): Int',
      '(x: Int!): Int',
      ['ARG_CHANGED_TYPE_OPTIONAL_TO_REQUIRED T.f(x:) breaks T.f', 'ARG_DEFAULT_VALUE_CHANGE T.f(x:) dangerous'],
    ],
    ['(x: Int): Int', '(x: [Int]): Int', ['ARG_CHANGED_TYPE T.f(x:) breaks T.f(x:) ?']],
    ['(x: Int!): Int', '(x: String!): Int', ['ARG_CHANGED_TYPE T.f(x:) breaks T.f(x:) ?']],
    ['(x: [Int]): Int', '(x: [Int!]): Int', ['ARG_CHANGED_TYPE T.f(x:) breaks T.f(x:) ?']],
    ['(x: Int = 1): Int', '(x: Int = 2): Int', ['ARG_DEFAULT_VALUE_CHANGE T.f(x:) dangerous']],
    ['(x: Int): Int', '(x: Int = null): Int', ['ARG_DEFAULT_VALUE_CHANGE T.f(x:) dangerous']],
    ['("x" x: Int): Int', '("y" x: Int): Int', ['ARG_DESCRIPTION_CHANGE T.f(x:) safe']],
    ['(y: Int x: Int): Int', '(x: Int y: Int): Int', []],
  ]),
  [
    'scalar J type T { f(j: J = { a: [1] }): Int }',
    'scalar J type T { f(j: J = { a: [2] }): Int }',
    ['ARG_DEFAULT_VALUE_CHANGE T.f(j:) dangerous'],
  ],
  [
    'input I { a: Int b: Int } type T { f(i: I = { a: 1, b: 2 }): Int }',
    'input I { b: Int a: Int } type T { f(i: I = { b: 2, a: 1 }): Int }',
    [],
  ],
]);

table('an input field', [
  ['input I { a: Int b: Int }', 'input I { a: Int }', ['FIELD_REMOVED_FROM_INPUT_OBJECT I.b breaks I.b ?']],
  ['input I { a: Int }', 'input I { a: Int b: Int }', ['NULLABLE_FIELD_ADDED_TO_INPUT_OBJECT I.b safe']],
  ['input I { a: Int }', 'input I { a: Int b: Int! = 1 }', ['NULLABLE_FIELD_ADDED_TO_INPUT_OBJECT I.b safe']],
  ['input I { a: Int }', 'input I { a: Int b: Int! }', ['NON_NULLABLE_FIELD_ADDED_TO_INPUT_OBJECT I.b breaks I ?']],
  ['input I { a: Int }', 'input I @oneOf { a: Int }', ['TYPE_CHANGED_KIND I breaks I I.a']],
  ...inputs([
    [': Int!', ': Int', ['FIELD_ON_INPUT_OBJECT_CHANGED_TYPE I.f safe']],
    [': Int', ': Int!', ['FIELD_ON_INPUT_OBJECT_CHANGED_TYPE I.f breaks I ?']],
    [': Int = 1', ': Int! = 1', ['FIELD_ON_INPUT_OBJECT_CHANGED_TYPE I.f breaks I.f ?']],
    [': Int', ': [Int]', ['FIELD_ON_INPUT_OBJECT_CHANGED_TYPE I.f breaks I.f ?']],
    [': Int = 1', ': Int = 2', ['ARG_DEFAULT_VALUE_CHANGE I.f dangerous']],
    [': Int', ': Int @deprecated', ['FIELD_DEPRECATED I.f safe']],
    [': Int "g" g: Int', ': Int "h" g: Int', ['FIELD_DESCRIPTION_CHANGE I.g safe']],
  ]),
]);

table('an enum value', [
  ['enum E { A B }', 'enum E { A }', ['VALUE_REMOVED_FROM_ENUM E.B breaks E.B ?']],
  ['type T { e: [E!] } enum E { A }', 'type T { e: [E!] } enum E { A B }', ['VALUE_ADDED_TO_ENUM E.B dangerous']],
  ['type T { f(e: E): Int } enum E { A }', 'type T { f(e: E): Int } enum E { A B }', ['VALUE_ADDED_TO_ENUM E.B safe']],
  ['enum E { A }', 'enum E { A @deprecated }', ['ENUM_DEPRECATED E.A safe']],
  ['enum E { A @deprecated }', 'enum E { A }', ['ENUM_DEPRECATION_REMOVED E.A safe']],
  ['enum E { A @deprecated }', 'enum E { A @deprecated(reason: "x") }', ['ENUM_DEPRECATED_REASON_CHANGE E.A safe']],
  ['enum E { "a" A }', 'enum E { "b" A }', ['ENUM_VALUE_DESCRIPTION_CHANGE E.A safe']],
]);

const AB = 'type A { a: Int } type B { b: Int } type C { c: Int }';
const NODE = 'interface N { id: ID }';

table('members', [
  [`${AB} union U = A`, `${AB} union U = A | B`, ['TYPE_ADDED_TO_UNION U dangerous']],
  [`${AB} union U = A | B | C`, `${AB} union U = A`, ['TYPE_REMOVED_FROM_UNION U breaks B C']],
  [`${NODE} type A { id: ID }`, `${NODE} type A implements N { id: ID }`, ['TYPE_ADDED_TO_INTERFACE N dangerous']],
  [NODE, `${NODE} type A implements N { id: ID }`, ['TYPE_ADDED A safe', 'TYPE_ADDED_TO_INTERFACE N dangerous']],
  [`${NODE} type A implements N { id: ID }`, `${NODE} type A { id: ID }`, ['TYPE_REMOVED_FROM_INTERFACE N breaks A']],
  [
    // `{ a { ...on N { id } } }` names only the interface.
    `type Query { a: A } ${NODE} type A implements N { id: ID }`,
    `type Query { a: A } ${NODE} type A { id: ID }`,
    ['TYPE_REMOVED_FROM_INTERFACE N breaks A N'],
  ],
]);

table('a directive', [
  ['directive @d on FIELD', '', ['DIRECTIVE_REMOVED @d dangerous']],
  ['directive @d on OBJECT', '', ['DIRECTIVE_REMOVED @d safe']],
  ['', 'directive @d on FIELD', ['DIRECTIVE_ADDED @d safe']],
  [
    'directive @d on FIELD | OBJECT',
    'directive @d on FIELD | ENUM',
    ['DIRECTIVE_LOCATION_ADDED @d safe', 'DIRECTIVE_LOCATION_REMOVED @d safe'],
  ],
  ['directive @d on FIELD | QUERY', 'directive @d on FIELD', ['DIRECTIVE_LOCATION_REMOVED @d dangerous']],
  ['directive @d on FIELD', 'directive @d(x: Int!) on FIELD', ['DIRECTIVE_ARG_ADDED @d(x:) dangerous']],
  ['directive @d on FIELD', 'directive @d(x: Int) on FIELD', ['DIRECTIVE_ARG_ADDED @d(x:) safe']],
  ['directive @d(x: Int) on FIELD', 'directive @d on FIELD', ['DIRECTIVE_ARG_REMOVED @d(x:) dangerous']],
  ['directive @d(x: Int!) on FIELD', 'directive @d(x: Int) on FIELD', ['DIRECTIVE_ARG_CHANGED_TYPE @d(x:) safe']],
  ['directive @d(x: Int) on FIELD', 'directive @d(x: ID) on FIELD', ['DIRECTIVE_ARG_CHANGED_TYPE @d(x:) dangerous']],
  ['directive @d(x: Int = 1) on ENUM', 'directive @d(x: Int) on ENUM', ['ARG_DEFAULT_VALUE_CHANGE @d(x:) safe']],
]);

describe('what a change says', () => {
  it.each([
    ['type T { a: Int! }', 'type T { a: Int }', 'type of `T.a` changed from `Int!` to `Int`'],
    [
      'enum E { A } input I { e: E = A }',
      'enum E { A } input I { e: E }',
      'default value of `I.e` changed from `A` to none',
    ],
    [`${AB} union U = A | C | B`, `${AB} union U = A`, 'types `B`, `C` were removed from union `U`'],
    ['scalar S', 'input S { a: Int }', '`S` changed from scalar to input object'],
    ['input I { a: Int! = 1 }', 'input I { a: Int! }', '`I.a` lost its default value and became required'],
  ])('%s → %s', (before, after, sentence) => {
    expect(diffSchemas(build(before), build(after)).map(({ description }) => description)).toContain(sentence);
  });

  it('is nothing about equal schemas, and a schema without a root is no exception', () => {
    const schema = build(`${AB} directive @d on FIELD`);
    expect(diffSchemas(schema, schema)).toEqual([]);
    expect(diffSchemas(schema, new GraphQLSchema({})).map(({ code }) => code)).toContain('TYPE_REMOVED');
  });
});
