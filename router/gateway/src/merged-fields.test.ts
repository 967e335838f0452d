import { parse, print } from 'graphql';
import { expect, it } from 'vitest';
import { mergeFields } from './merged-fields.ts';

const merged = (text: string): string =>
  print(mergeFields(parse(text)))
    .replaceAll(/\s+/g, ' ')
    .trim();

it.each([
  ['at the root', '{ a { b } a { c } }', '{ a { b c } }'],
  ['inside of each other', '{ a { b { c } } a { b { d } b { e } } }', '{ a { b { c d e } } }'],
  ['without anything in them', '{ a a x: a x: a }', '{ a x: a }'],
  ['under one condition', '{ a @skip(if: $no) { b } a @skip(if: $no) { c } }', '{ a @skip(if: $no) { b c } }'],
  ['in a fragment', '{ ...F } fragment F on Q { a { b } a { c } }', '{ ...F } fragment F on Q { a { b c } }'],
])('fields of one name %s become one', (_, text, expected) =>
  expect(merged(text.replace('{', 'query {'))).toBe(expected),
);

it('a field under another condition keeps it, beside the one that is always there', () =>
  expect(merged('{ a { b } a @include(if: $yes) { c } }')).toBe('{ a { b } ... { a @include(if: $yes) { c } } }'));

it('what is asked for once is left as it is', () => {
  const document = parse('{ a { b } c: a { b } ...F } fragment F on Q { d }');
  expect(mergeFields(document)).toBe(document);
});
