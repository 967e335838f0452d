import { expect, it } from 'vitest';
import { createOperationGuard } from './operation-guard.ts';

const guard = createOperationGuard();
const codeOf = (query: string, variables: object = {}) => guard.check({ query, variables })?.code;
const times = (count: number, part: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => part(i)).join(' ');

it('passes what asks little, names a persisted document, or is no operation', () => {
  for (const params of [
    { query: '{ feed(first: 20) { edges { node { id } } } }' },
    { query: '{ feed(first: 20) { edges { node { id } } } }', variables: null },
    { documentId: 'a1' },
    { query: { $gt: '' } },
    [{ query: '{ a }' }],
    'words',
    null,
    { query: 'query A { a } query B { b }', operationName: 'C' },
  ])
    expect(guard.check(params)).toBeNull();
});

it('refuses in words what would cost an engine much before it sees that', () => {
  const doubling = times(60, (i) => `fragment F${i} on Query { ...F${i + 1} ... on Query { ...F${i + 1} } }`);
  expect(codeOf(`{ ...F0 } ${doubling} fragment F60 on Query { a }`)).toBe('LIMIT_EXCEEDED');
  expect(codeOf(`{ ${times(31, (i) => `a${i}: a`)} }`)).toBe('LIMIT_EXCEEDED');
  expect(codeOf(`{ ${times(51, () => 'a @skip(if: false)')} }`)).toBe('LIMIT_EXCEEDED');
  expect(codeOf(`{ ${times(2_100, () => 'a')} }`)).toBe('GRAPHQL_PARSE_FAILED');
  expect(codeOf('{ a ')).toBe('GRAPHQL_PARSE_FAILED');
  const pages = 'query ($n: Int) { a(first: $n) { edges { node { b(first: $n) { edges { node { c } } } } } } }';
  expect(codeOf(pages, { n: 100 })).toBe('LIMIT_EXCEEDED');
  expect(codeOf(pages, { n: 101 })).toBe('BAD_USER_INPUT');
  // The document is known by now; what its variables ask is looked at each time.
  expect(codeOf(pages, { n: 10 })).toBeUndefined();
});

it('refuses what is nested beyond all reason, wherever it stands', () => {
  const nested = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);
  expect(codeOf('{ a }', { a: nested(25) })).toBeUndefined();
  expect(codeOf('{ a }', { a: nested(50_000) })).toBe('BAD_USER_INPUT');
  expect(guard.check({ documentId: 'a1', extensions: nested(40) })?.code).toBe('BAD_USER_INPUT');
  expect(guard.check(nested(40))?.code).toBe('BAD_USER_INPUT');
});

it('looks at a document, whatever stands beside it', () => {
  const query = `{ ${times(31, (i) => `a${i}: a`)} }`;
  for (const beside of [{ variables: [] }, { variables: 'x' }, { operationName: 5 }, { operationName: 'Other' }])
    expect(guard.check({ query, ...beside })?.code).toBe('LIMIT_EXCEEDED');
});

it('walks fragments in a circle once, for validation to refuse them', () => {
  expect(codeOf('{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }')).toBeUndefined();
});
