import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createSignatures, signatureOf } from './document-signature.ts';

const of = (text: string) => signatureOf(parse(text));

describe('the signature of a document', () => {
  it('is that of what Hive Router makes of it', () => {
    // As Hive Router 0.2.19 reported the document below.
    const reported =
      'query Find($filter:Filter$n:Int$skip:Boolean=false){...Rest find(filter:$filter first:$n){id related(first:0)@skip(if:$skip){name}state}find(filter:{text:"" sort:OLDEST}){id}}fragment Rest on Query{found{...on Thing{name}__typename}node(id:""){id}}';
    const written = `query Find($filter: Filter, $n: Int, $skip: Boolean = false) {
      b: find(filter: $filter, first: $n) { id state related(first: 3) @skip(if: $skip) { name } }
      a: find(filter: {text: "secret", sort: OLDEST}) { id }
      ...Rest
    }
    fragment Rest on Query { found { __typename ... on Thing { name } } node(id: "secret") { id } }`;
    expect(of(written)).toBe(of(reported));
    expect(of(written)).not.toContain('secret');
  });

  it('is the same for another order, other literals and other aliases', () => {
    expect(of('query A($b: Int, $a: Int) { x: f(a: 1, b: $b) @p @q { c d } }')).toBe(
      of('query A($a: Int $b: Int) { f(b: $b, a: 2.5) @q @p { d c } }'),
    );
    expect(of('{ f(in: { a: """x""", b: [1, 2] }) }')).toBe(of('{ f(in: { b: [3, 4], a: "y" }) }'));
  });

  it.each([
    ['another name', 'query A { f }', 'query B { f }'],
    ['another kind of operation', 'query A { f }', 'mutation A { f }'],
    ['another field', '{ f { a } }', '{ f { b } }'],
    ['another depth', '{ f { a b } }', '{ f { a } b }'],
    ['an argument more', '{ f }', '{ f(a: 1) }'],
    ['another value of an enum', '{ f(a: NEW) }', '{ f(a: OLD) }'],
    ['null in place of a value', '{ f(a: null) }', '{ f(a: 1) }'],
    ['another variable', '{ f(a: $x) }', '{ f(a: $y) }'],
    ['another type of a variable', 'query ($a: Int) { f }', 'query ($a: [Int!]) { f }'],
    ['a default', 'query ($a: Int) { f }', 'query ($a: Int = 1) { f }'],
    ['a directive', '{ f }', '{ f @skip(if: true) }'],
    ['another type condition', '{ ... on A { f } }', '{ ... on B { f } }'],
    ['a fragment more', '{ ...F } fragment F on Query { f }', '{ f }'],
  ])('is another with %s', (_, one, two) => {
    expect(of(one)).not.toBe(of(two));
  });
});

describe('signatures', () => {
  it('are empty for no document, and undefined for one that cannot be read', () => {
    const signatures = createSignatures();
    expect(signatures('')).toBe('');
    for (const times of [1, 2]) {
      expect(signatures('{ not valid'), `time ${times}`).toBeUndefined();
      expect(signatures('{ a }')).toBe(signatures('query { a }'));
    }
    expect(signatures('{ a '.repeat(20_000) + '}'.repeat(20_000))).toBeUndefined();
  });

  it('of deep documents are read in little time', () => {
    const signatures = createSignatures();
    const start = performance.now();
    signatures(`${'{ field '.repeat(1_500)}${'}'.repeat(1_500)}`);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
