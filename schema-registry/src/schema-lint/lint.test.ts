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
    ['type Query { a: Int @deprecated }', 'DEPRECATED_DIRECTIVE_IS_MISSING_REASON Query.a'],
    ['enum Colour { RED @deprecated(reason: " ") }', 'DEPRECATED_DIRECTIVE_IS_MISSING_REASON Colour.RED'],
  ])('%s', (sdl, offence) => {
    expect(rulesOf(sdl, null, QUIET)).toEqual([offence]);
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

describe('with a base, only what differs is looked at', () => {
  const base = 'type Query { Old: Int other(Arg: Int): Int }';
  test.each([
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
    ['a name in another case is new', base.replace('Old', 'OLD'), ['FIELD_NAMES_SHOULD_BE_CAMEL_CASE Query.OLD']],
  ])('%s', (_, sdl, offences) => {
    expect(rulesOf(sdl, base, QUIET)).toEqual(offences);
  });

  test('a base that does not parse counts as empty', () => {
    expect(rulesOf(base, 'type {', QUIET)).toHaveLength(2);
  });
});

test('a schema that does not parse throws', () => {
  expect(() => lintSchema('type Query {', null)).toThrow('Syntax Error');
});
