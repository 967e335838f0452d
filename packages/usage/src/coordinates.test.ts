import { type DocumentNode, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { usageOf } from './coordinates.ts';
import { schema } from './fixture.ts';

const used = (text: string, name?: string | null) => usageOf(schema, parse(text), name).coordinates;

describe('what the text uses', () => {
  it('names exact fields, not prefixes, and looks through aliases', () => {
    expect(used('{ foobar: foo }')).toEqual(['Query.foo']);
    expect(used('{ foo: foobar }')).toEqual(['Query.foobar']);
  });

  it('counts an interface field as the interface, and an implementation where a condition names it', () => {
    expect(used('{ node(id: 1) { id ... on Post { id title } } }')).toEqual([
      'Node.id',
      'Post',
      'Post.id',
      'Post.title',
      'Query.node',
      'Query.node(id:)',
    ]);
  });

  it('follows unions and inline fragments without a condition', () => {
    expect(
      used('{ search { __typename ... on User { name } ... @include(if: false) { ... on Node { id } } } }'),
    ).toEqual(['Node', 'Node.id', 'Query.search', 'User', 'User.name']);
  });

  it('leaves introspection out', () => {
    expect(used('{ __typename __schema { types { name } } __type(name: "Post") { name } foo }')).toEqual(['Query.foo']);
  });

  it('counts what @skip and @include may hide', () => {
    expect(used('query ($no: Boolean!) { foo @skip(if: true) foobar @include(if: $no) }')).toEqual([
      'Query.foo',
      'Query.foobar',
    ]);
  });

  it('follows reachable fragments once, cycles included', () => {
    const text = `
      query A { posts { ...P ...P } }
      query B { foobar ...Unused }
      fragment P on Post { author { ...U } }
      fragment U on User { name ...U }
      fragment Unused on Query { foo }`;
    expect(used(text, 'A')).toEqual(['Post', 'Post.author', 'Query.posts', 'User', 'User.name']);
    expect(used(text, 'B')).toEqual(['Query', 'Query.foo', 'Query.foobar']);
  });

  it('finds nothing when the operation is unknown or ambiguous', () => {
    expect(used('query A { foo } query B { foobar }')).toEqual([]);
    expect(used('query A { foo }', 'B')).toEqual([]);
    expect(used('query A { foo }', '')).toEqual(['Query.foo']);
    expect(used('fragment P on Post { id }')).toEqual([]);
  });

  it('counts given arguments only, and variables that may be missing', () => {
    expect(used('query ($n: Int, $d: Date) { posts(first: $n, date: $d) { title(short: true) } }')).toEqual([
      'Post.title',
      'Post.title(short:)',
      'Query.posts',
      'Query.posts(date:)',
      'Query.posts(first:)',
    ]);
    expect(used('{ posts { id } }')).not.toContain('Query.posts(first:)');
  });

  it('counts input fields and enum values of literals, nested, with list coercion and null', () => {
    const text = `query ($t: String) {
      posts(filter: { text: $t, since: { order: OLD }, not: null, and: { flags: ON } }, orders: NEW, grid: { order: OLD }) { id }
    }`;
    expect(used(text)).toEqual([
      'Filter',
      'Filter.and',
      'Filter.flags',
      'Filter.not',
      'Filter.order',
      'Filter.since',
      'Filter.text',
      'Flag',
      'Flag.ON',
      'Order',
      'Order.NEW',
      'Order.OLD',
      'Post.id',
      'Query.posts',
      'Query.posts(filter:)',
      'Query.posts(grid:)',
      'Query.posts(orders:)',
    ]);
    expect(used('{ posts(filter: null) { id } }')).toEqual(['Post.id', 'Query.posts', 'Query.posts(filter:)']);
  });

  it('counts the types of variables, their defaults, and unused variables', () => {
    expect(
      used('query ($o: [Order!]! = [NEW], $f: Filter = { range: { to: 3 } }, $s: String, $d: Date) { foo }'),
    ).toEqual(['Filter', 'Filter.range', 'Order', 'Order.NEW', 'Query.foo', 'Range', 'Range.to']);
  });

  it('counts values given to directives the schema defines, wherever they stand', () => {
    expect(used('query ($s: String @tone(of: OLD)) @tone(where: { text: "x" }) { foo @other(of: ON) }')).toEqual([
      'Filter',
      'Filter.text',
      'Order',
      'Order.OLD',
      'Query.foo',
    ]);
    expect(used('{ posts { ...P } } fragment P on Post @tone(of: NEW) { id }')).toContain('Order.NEW');
  });

  it('skips what the schema does not know', () => {
    const text = `query ($x: Nope, $p: Post) {
      foo(a: 1) nope { id } ...Gone ... on Gone { id } ... on Order { id } foobar { id }
      posts(filter: { nope: 1, order: NOPE, range: 5, flags: { a: 1 } }, nope: NEW, orders: "NEW", first: [1]) { nope id }
    }`;
    expect(used(text)).toEqual([
      'Filter',
      'Filter.flags',
      'Filter.order',
      'Filter.range',
      'Order',
      'Post.id',
      'Query.foo',
      'Query.foobar',
      'Query.posts',
      'Query.posts(filter:)',
      'Query.posts(first:)',
      'Query.posts(orders:)',
    ]);
    expect(used('subscription { foo }')).toEqual([]);
    expect(used('mutation { post(filter: $undeclared) { id } }')).toContain('Mutation.post(filter:)');
    const names = '{ constructor toString hasOwnProperty posts(filter: { constructor: 1 }) { id } }';
    expect(used(names)).toEqual(['Filter', 'Post.id', 'Query.posts', 'Query.posts(filter:)']);
  });

  it('follows chains of fragments longer than the stack is deep', () => {
    const fragments = Array.from({ length: 50_000 }, (_, i) => `fragment F${i} on Query { foo ...F${i + 1} }`);
    const document: DocumentNode = parse(`{ ...F0 } ${fragments.join(' ')}`, { noLocation: true });
    expect(usageOf(schema, document).coordinates).toEqual(['Query', 'Query.foo']);
  });
});
