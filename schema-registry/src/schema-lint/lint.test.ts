import { describe, expect, test } from 'vitest';
import { type LintSettings, lintSchema } from './lint.ts';

const rulesOf = (sdl: string, base: string | null = null, settings?: LintSettings) =>
  lintSchema(sdl, base, settings).map(({ rule, coordinate }) => `${rule} ${coordinate}`);

/** Everything else is described, so that only the offence in question shows. */
const QUIET: LintSettings = { ALL_ELEMENTS_REQUIRE_DESCRIPTION: 'IGNORED' };

describe('rules', () => {
  test.each([
    ['type Query { Bad: Int }', 'FIELD_NAMES_SHOULD_BE_CAMEL_CASE Query.Bad'],
    ['input AInput { bad_name: Int }', 'FIELD_NAMES_SHOULD_BE_CAMEL_CASE AInput.bad_name'],
    ['type bad { a: Int }', 'TYPE_NAMES_SHOULD_BE_PASCAL_CASE bad'],
    ['enum Colour { red }', 'ENUM_VALUES_SHOULD_BE_SCREAMING_SNAKE_CASE Colour.red'],
    ['type Query { a(Bad: Int): Int }', 'INPUT_ARGUMENT_NAMES_SHOULD_BE_CAMEL_CASE Query.a(Bad:)'],
    ['directive @Bad on FIELD_DEFINITION', 'DIRECTIVE_NAMES_SHOULD_BE_CAMEL_CASE @Bad'],
    ['input Filter { a: Int }', 'INPUT_TYPE_SUFFIX Filter'],
    ['type TypeUser { a: Int }', 'TYPE_PREFIX TypeUser'],
    ['type UserType { a: Int }', 'TYPE_SUFFIX UserType'],
    ['type ObjectUser { a: Int }', 'OBJECT_PREFIX ObjectUser'],
    ['type UserObject { a: Int }', 'OBJECT_SUFFIX UserObject'],
    ['interface InterfaceNode { a: Int }', 'INTERFACE_PREFIX InterfaceNode'],
    ['interface NodeInterface { a: Int }', 'INTERFACE_SUFFIX NodeInterface'],
    ['enum EnumColour { RED }', 'ENUM_PREFIX EnumColour'],
    ['enum ColourEnum { RED }', 'ENUM_SUFFIX ColourEnum'],
    ['type Query { getUser: Int }', 'RESTY_FIELD_NAMES Query.getUser'],
    ['type Query { a: Int @deprecated }', 'DEPRECATED_DIRECTIVE_MISSING_REASON Query.a'],
    ['enum Colour { RED @deprecated(reason: " ") }', 'DEPRECATED_DIRECTIVE_MISSING_REASON Colour.RED'],
    ['type Query { _bad: Int }', 'FIELD_NAMES_SHOULD_BE_CAMEL_CASE Query._bad'],
    ['type Query { a(a__b: Int): Int }', 'INPUT_ARGUMENT_NAMES_SHOULD_BE_CAMEL_CASE Query.a(a__b:)'],
    ['type _Own { a: Int }', 'TYPE_NAMES_SHOULD_BE_PASCAL_CASE _Own'],
    ['extend type UserType { b: Int } type UserType { a: Int }', 'TYPE_SUFFIX UserType'],
    ['extend type Query { listUsers: Int }', 'RESTY_FIELD_NAMES Query.listUsers'],
  ])('%s', (sdl, offence) => {
    expect(rulesOf(sdl, null, QUIET)).toEqual([offence]);
  });

  test.each([
    'type Typewriter { a: Int } type Objective { a: Int } enum Enumeration { A } interface Interfaced { a: Int }',
    'type Type { a: Int } type Object { a: Int } type Prototype { a: Int }',
    'type Query { gets: Int listing: Int } type Shelf { getBook: Int }',
    'type Query { a: Int @deprecated(reason: "Use b.") }',
    'type Query { _entities(representations: [_Any!]!): [_Entity]! _service: _Service! } scalar _Any type _Service { sdl: String }',
    'scalar FieldSet directive @key(fields: FieldSet!) on OBJECT extend schema @link(url: "u") enum link__purpose { a }',
    'directive @join__field(graph: join__Graph) on OBJECT enum join__Graph { users }',
  ])('nothing is wrong with %s', (sdl) => {
    expect(rulesOf(sdl, null, QUIET)).toEqual([]);
  });

  const asked: LintSettings = {
    ...QUIET,
    DEFINED_TYPES_ARE_UNUSED: 'WARNING',
    ENUM_USED_AS_INPUT_WITHOUT_SUFFIX: 'WARNING',
    ENUM_USED_AS_OUTPUT_DESPITE_SUFFIX: 'WARNING',
  };
  const USE =
    'type Query { a(by: Order): Int b: OrderInput } enum Order { A } enum OrderInput { A } type Lone { a: Lone }';
  test('uses are told when asked for', () => {
    expect(rulesOf(USE, null, QUIET)).toEqual([]);
    expect(rulesOf(USE, null, asked)).toEqual([
      'ENUM_USED_AS_INPUT_WITHOUT_SUFFIX Query.a(by:)',
      'ENUM_USED_AS_OUTPUT_DESPITE_SUFFIX Query.b',
      'DEFINED_TYPES_ARE_UNUSED Lone',
    ]);
  });

  test('a new use of an old enum is told', () => {
    const sdl = USE.replace('by: Order', 'by: Order, then: [Order!]');
    expect(rulesOf(sdl, USE, asked)).toEqual(['ENUM_USED_AS_INPUT_WITHOUT_SUFFIX Query.a(then:)']);
  });

  test.each([
    'type Query { node: Node } interface Node { id: ID } type User implements Node { id: ID }',
    'schema { query: Root } type Root { a: Int }',
    'type User @key(fields: "id") { id: ID }',
    'type Query { a: Either } union Either = A | B type A { a: Int } type B { a: Int }',
    'directive @by(order: OrderInput) on OBJECT enum OrderInput { A }',
    'extend type Elsewhere { a: Int }',
  ])('used is %s', (sdl) => {
    expect(rulesOf(sdl, null, asked)).toEqual([]);
  });

  test('elements need a description; extensions, roots and federation do not', () => {
    expect(rulesOf('type User { id: ID! }')).toEqual([
      'ALL_ELEMENTS_REQUIRE_DESCRIPTION User',
      'ALL_ELEMENTS_REQUIRE_DESCRIPTION User.id',
    ]);
    expect(
      rulesOf(
        'type Query { "A." a: Int } extend type User { "B." b: Int } scalar federation__FieldSet scalar _Any union _Entity = User',
      ),
    ).toEqual([]);
  });

  test('levels are set by name', () => {
    const [error] = lintSchema('type Query { "A." Bad: Int }', null);
    expect(error?.level).toBe('ERROR');
    const [warning] = lintSchema('type Query { "A." Bad: Int }', null, { FIELD_NAMES_SHOULD_BE_CAMEL_CASE: 'WARNING' });
    expect(warning?.level).toBe('WARNING');
    expect(lintSchema('type Query { "A." Bad: Int }', null, { FIELD_NAMES_SHOULD_BE_CAMEL_CASE: 'IGNORED' })).toEqual(
      [],
    );
  });
});

test('places are lines, columns, and bytes', () => {
  const [diagnostic] = lintSchema('"한국어"\ntype Query {\n  Bad: Int\n}', null, QUIET);
  expect(diagnostic?.sourceLocations).toEqual([
    { start: { byteOffset: 27, line: 3, column: 3 }, end: { byteOffset: 30, line: 3, column: 6 } },
  ]);
});

test('what is told stands in order of appearance', () => {
  const sdl =
    'extend type Query { Third: Int }\ntype bad { Second: Int }\ntype Query { First: Int }\ndirective @Bad on OBJECT';
  const offsets = lintSchema(sdl, null, QUIET).map(({ sourceLocations: [range] }) => range?.start.byteOffset ?? -1);
  expect(offsets).toHaveLength(5);
  expect(offsets).toEqual([...offsets].sort((a, b) => a - b));
});

test('places match the bytes of the name, whatever ends the lines', () => {
  for (const end of ['\n', '\r\n', '\r']) {
    const sdl = ['"한국어 😀"', 'type Query {', '  "첫째" One: Int, "둘째" Two(', '    Three: Int): Int', '}'].join(
      end,
    );
    const told = lintSchema(sdl, null, QUIET);
    const texts = told.map(({ sourceLocations: [range] }) =>
      Buffer.from(sdl).subarray(range?.start.byteOffset, range?.end.byteOffset).toString(),
    );
    expect(texts).toEqual(['One', 'Two', 'Three']);
    expect(told.map(({ sourceLocations: [range] }) => [range?.start.line, range?.start.column])).toEqual([
      [3, 8],
      [3, 23],
      [4, 5],
    ]);
  }
});

describe('with a base, only what differs is looked at', () => {
  const base = 'type Query { Old: Int other(Arg: Int): Int }';
  const USER = 'type UserType { a: Int }';
  test.each<[string, string, string[], string?]>([
    ['an old offence is silent', base, []],
    ['a new field is told', base.replace('}', 'New: Int }'), ['FIELD_NAMES_SHOULD_BE_CAMEL_CASE Query.New']],
    [
      'an old offence whose text changed is told',
      base.replace('Old: Int', 'Old: Int!'),
      ['FIELD_NAMES_SHOULD_BE_CAMEL_CASE Query.Old'],
    ],
    ['a new argument does not bring up its field', base.replace('Old: Int', 'Old(fresh: Int): Int'), []],
    [
      'an extension counts as part of its type',
      'type Query { other(Arg: Int): Int } extend type Query { Old: Int }',
      [],
    ],
    ['a type that is extended where it was defined is the same', 'extend type UserType { a: Int }', [], USER],
    ['a part of a union does not bring up the union', 'union AType = A | B', [], 'union AType = A'],
    ['directives do', 'type UserType @shareable { a: Int }', ['TYPE_SUFFIX UserType'], USER],
    ['interfaces do', 'type UserType implements Node { a: Int }', ['TYPE_SUFFIX UserType'], USER],
    ['the description does', '"A user." type UserType { a: Int }', ['TYPE_SUFFIX UserType'], USER],
    ['another kind does', 'interface UserType { a: Int }', ['TYPE_SUFFIX UserType'], USER],
    ['a name in another case is new', base.replace('Old', 'OLD'), ['FIELD_NAMES_SHOULD_BE_CAMEL_CASE Query.OLD']],
  ])('%s', (_, sdl, offences, before = base) => {
    expect(rulesOf(sdl, before, QUIET)).toEqual(offences);
  });

  test('a base that does not parse counts as empty', () => {
    expect(rulesOf(base, 'type {', QUIET)).toHaveLength(2);
  });
});

test('a schema that does not parse throws', () => {
  expect(() => lintSchema('type Query {', null)).toThrow('Syntax Error');
});
