import { Kind } from 'graphql';
import type { Element, ElementKind } from './elements.ts';

export type LintLevel = 'ERROR' | 'WARNING' | 'IGNORED';

export interface Rule {
  readonly level: LintLevel;
  readonly kinds: readonly ElementKind[];
  /** @returns what is wrong and what to do, undefined when nothing is */
  readonly check: (element: Element) => string | undefined;
}

const TYPES: readonly ElementKind[] = ['object', 'interface', 'union', 'enum', 'input', 'scalar'];

/** A rule about the form of names. */
const form = (level: LintLevel, kinds: readonly ElementKind[], pattern: RegExp, advice: string): Rule => ({
  level,
  kinds,
  check: ({ name, coordinate }) => (pattern.test(name.value) ? undefined : `The name of ${coordinate} ${advice}.`),
});

/** A rule against a word that a name repeats about its own kind. */
const noWord = (kinds: readonly ElementKind[], word: string, where: 'prefix' | 'suffix'): Rule => {
  // Only a whole word is a prefix (`Typewriter` has none), and a name that is nothing but the word has nothing to keep.
  const pattern = new RegExp(where === 'prefix' ? `^${word}(?![a-z]|$)` : `.${word}$`);
  return {
    level: 'ERROR',
    kinds,
    check: ({ name, coordinate }) =>
      pattern.test(name.value)
        ? `The name of ${coordinate} need not have the ${where} "${word}": leave it out.`
        : undefined,
  };
};

const CAMEL = /^[a-z][a-zA-Z0-9]*$/;
const PASCAL = /^[A-Z][a-zA-Z0-9]*$/;
const SCREAMING = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/;

/** The rules by Apollo's names, so that their users find what they know; each a level unless a variant's settings say another. */
export const RULES = {
  FIELD_NAMES_SHOULD_BE_CAMEL_CASE: form('ERROR', ['field', 'inputField'], CAMEL, 'should be in camelCase'),
  TYPE_NAMES_SHOULD_BE_PASCAL_CASE: form('ERROR', TYPES, PASCAL, 'should be in PascalCase'),
  ENUM_VALUES_SHOULD_BE_SCREAMING_SNAKE_CASE: form(
    'ERROR',
    ['enumValue'],
    SCREAMING,
    'should be in SCREAMING_SNAKE_CASE',
  ),
  INPUT_ARGUMENT_NAMES_SHOULD_BE_CAMEL_CASE: form('ERROR', ['argument'], CAMEL, 'should be in camelCase'),
  DIRECTIVE_NAMES_SHOULD_BE_CAMEL_CASE: form('ERROR', ['directive'], CAMEL, 'should be in camelCase'),
  INPUT_TYPE_SUFFIX: form('WARNING', ['input'], /Input$/, 'should end in "Input", to tell it from outputs'),
  TYPE_PREFIX: noWord(TYPES, 'Type', 'prefix'),
  TYPE_SUFFIX: noWord(TYPES, 'Type', 'suffix'),
  OBJECT_PREFIX: noWord(['object'], 'Object', 'prefix'),
  OBJECT_SUFFIX: noWord(['object'], 'Object', 'suffix'),
  INTERFACE_PREFIX: noWord(['interface'], 'Interface', 'prefix'),
  INTERFACE_SUFFIX: noWord(['interface'], 'Interface', 'suffix'),
  ENUM_PREFIX: noWord(['enum'], 'Enum', 'prefix'),
  ENUM_SUFFIX: noWord(['enum'], 'Enum', 'suffix'),
  RESTY_FIELD_NAMES: {
    level: 'WARNING',
    kinds: ['field'],
    check: ({ name, parent, coordinate }) =>
      parent === 'Query' && /^(get|list)[A-Z]/.test(name.value)
        ? `The name of ${coordinate} need not say that it reads: leave "${/^(get|list)/.exec(name.value)?.[0]}" out.`
        : undefined,
  },
  DEPRECATED_DIRECTIVE_MISSING_REASON: {
    level: 'ERROR',
    kinds: ['field', 'argument', 'inputField', 'enumValue'],
    check: ({ directives, coordinate }) => {
      const deprecated = directives.find(({ name }) => name.value === 'deprecated');
      const reason = deprecated?.arguments?.find(({ name }) => name.value === 'reason')?.value;
      const given = reason?.kind === Kind.STRING && reason.value.trim() !== '';
      return deprecated && !given
        ? `${coordinate} is deprecated without a reason: say what to use instead, and until when it stays.`
        : undefined;
    },
  },
  ALL_ELEMENTS_REQUIRE_DESCRIPTION: {
    level: 'WARNING',
    kinds: [...TYPES, 'field'],
    check: ({ description, isExtension, coordinate, name, parent }) =>
      description || isExtension || (parent === null && ['Query', 'Mutation', 'Subscription'].includes(name.value))
        ? undefined
        : `${coordinate} has no description: say what it is.`,
  },
  DEFINED_TYPES_ARE_UNUSED: {
    // Another subgraph may use what this one only defines.
    level: 'IGNORED',
    kinds: TYPES,
    check: ({ isUsed, isExtension, coordinate }) =>
      isUsed || isExtension ? undefined : `Nothing uses ${coordinate}: remove it, or let a field return or take it.`,
  },
  // Both look at the use rather than at the enum: with a base, it is the new use that offends.
  ENUM_USED_AS_INPUT_WITHOUT_SUFFIX: {
    level: 'IGNORED',
    kinds: ['argument', 'inputField'],
    check: ({ ofEnum, coordinate }) =>
      ofEnum !== undefined && !ofEnum.endsWith('Input')
        ? `${coordinate} takes the enum ${ofEnum}: an enum that is taken should have a name that ends in "Input".`
        : undefined,
  },
  ENUM_USED_AS_OUTPUT_DESPITE_SUFFIX: {
    level: 'IGNORED',
    kinds: ['field'],
    check: ({ ofEnum, coordinate }) =>
      ofEnum?.endsWith('Input')
        ? `${coordinate} returns the enum ${ofEnum}: return one whose name does not end in "Input".`
        : undefined,
  },
} satisfies Record<string, Rule>;

export type LintRule = keyof typeof RULES;

/** The level of each rule where settings say nothing. */
export const DEFAULT_LINT = Object.fromEntries(
  Object.entries(RULES).map(([rule, { level }]) => [rule, level]),
) as Record<LintRule, LintLevel>;
