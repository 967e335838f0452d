import { describe, expect, it } from 'vitest';
import { attempt, operate, type Scene } from './attacker.ts';

const times = (count: number, part: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => part(index)).join(' ');

/** Fragments of which each asks for the next one twice. */
const doubling = (depth: number): string =>
  times(depth, (i) => `fragment F${i} on Query { ...F${i + 1} ... on Query { ...F${i + 1} } }`);

const nested = (depth: number): string =>
  depth === 0 ? 'id' : `author { posts(first: 1) { edges { node { ${nested(depth - 1)} } } } }`;

const circle = (depth: number): string => (depth === 0 ? 'name' : `fields { type { ${circle(depth - 1)} } }`);

const BOMBS: readonly [what: string, query: string, ...codes: string[]][] = [
  ['aliases', `{ ${times(100, (i) => `a${i}: boards { id }`)} }`, 'LIMIT_EXCEEDED'],
  [
    'aliases out of fragments',
    `{ ${times(8, () => '...F')} } fragment F on Query { ${times(8, (i) => `a${i}: boards { id }`)} }`,
    'LIMIT_EXCEEDED',
  ],
  ['directives', `{ boards { ${times(60, () => 'id @include(if: true)')} } }`, 'LIMIT_EXCEEDED'],
  // Either is looked at first.
  [
    'directives that nobody knows',
    `{ __typename ${times(400, (i) => `@d${i}`)} }`,
    'GRAPHQL_VALIDATION_FAILED',
    'LIMIT_EXCEEDED',
  ],
  ['tokens', `{ ${times(3_000, () => '__typename')} }`, 'GRAPHQL_PARSE_FAILED'],
  ['fragments that double', `{ ...F0 } ${doubling(60)} fragment F60 on Query { __typename }`, 'LIMIT_EXCEEDED'],
  [
    'fragments in a circle',
    '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }',
    'GRAPHQL_VALIDATION_FAILED',
  ],
  ['depth', `{ feed(first: 1) { edges { node { ${nested(4)} } } } }`, 'LIMIT_EXCEEDED'],
  ['circular introspection', `{ __schema { types { ${circle(8)} } } }`, 'GRAPHQL_VALIDATION_FAILED'],
  ['introspection', '{ __schema { types { name } } }', 'GRAPHQL_VALIDATION_FAILED'],
  ['a huge page', '{ feed(first: 99999999) { edges { node { id } } } }', 'BAD_USER_INPUT'],
  ['a page of less than nothing', '{ feed(first: -1) { edges { node { id } } } }', 'BAD_USER_INPUT'],
  [
    'pages of pages',
    '{ feed(first: 100) { edges { node { comments(first: 100) { edges { node { id } } } author { posts(first: 100) { edges { node { id } } } } } } } }',
    'LIMIT_EXCEEDED',
  ],
  ['a field that is not there', '{ viewr { id } }', 'GRAPHQL_VALIDATION_FAILED'],
  ['an argument that is not there', '{ post(ids: "1") { id } }', 'GRAPHQL_VALIDATION_FAILED'],
  [
    'entities by representations',
    '{ _entities(representations: [{ __typename: "Account", id: "1" }]) { __typename } }',
    'GRAPHQL_VALIDATION_FAILED',
  ],
  ["a subgraph's SDL", '{ _service { sdl } }', 'GRAPHQL_VALIDATION_FAILED'],
];

/** Operations that are meant to cost much, or to tell much. */
export function operationCases(scene: () => Scene): void {
  describe('an operation with', () => {
    it.each(BOMBS)('%s is refused before it is carried out', async (_, query, ...expected) => {
      const { data, codes } = await operate(scene().platform.url, query);
      expect(data ?? null).toBeNull();
      const [code, ...others] = new Set(codes);
      expect(expected).toContain(code);
      expect(others).toEqual([]);
    });

    it('a huge page in a variable is refused as well', async () => {
      const query = 'query ($size: Int) { feed(first: $size) { edges { node { id } } } }';
      const { codes } = await operate(scene().platform.url, query, { size: 99_999_999 });
      expect(codes).toEqual(['BAD_USER_INPUT']);
    });

    it('the same field many times is answered once', async () => {
      const { text, data } = await operate(scene().platform.url, `{ ${times(400, () => 'boards { id }')} }`);
      expect(data?.boards).toHaveLength(1);
      expect(text.length).toBeLessThan(1_000);
    });
  });

  describe('a request', () => {
    it('with many operations is refused', async () => {
      const batch = Array.from({ length: 50 }, () => ({ query: '{ __typename }' }));
      const { status, text } = await attempt(scene().platform.url, JSON.stringify(batch));
      expect(status).toBeGreaterThanOrEqual(400);
      expect(text).not.toContain('Query');
    });

    it.each([
      ['a form', 'application/x-www-form-urlencoded', 'query=mutation+%7B+signOut+%7B+__typename+%7D+%7D'],
      ['text', 'text/plain', '{"query":"mutation { signOut { __typename } }"}'],
      [
        'a form of parts',
        'multipart/form-data; boundary=x',
        '--x\r\nContent-Disposition: form-data; name="operations"\r\n\r\n{"query":"mutation { signOut { __typename } }"}\r\n--x--',
      ],
      ['bytes of no type', 'application/octet-stream', '{"query":"mutation { signOut { __typename } }"}'],
    ])('of %s, which another site can send, is not carried out', async (_, type, body) => {
      const { status, text } = await attempt(scene().platform.url, body, { 'content-type': type });
      expect(status).toBeGreaterThanOrEqual(400);
      expect(text).not.toContain('signOut"');
    });

    it('by GET changes nothing', async () => {
      const query = encodeURIComponent('mutation { signOut { __typename } }');
      for (const headers of [{}, { 'apollo-require-preflight': '1' }] as Record<string, string>[]) {
        const { status } = await fetch(`${scene().platform.url}/graphql?query=${query}`, { headers });
        expect(status).toBeGreaterThanOrEqual(400);
      }
    });

    it('of too many bytes is told so', async () => {
      const body = JSON.stringify({ query: `{ __typename } #${'x'.repeat(2_000_000)}` });
      expect((await attempt(scene().platform.url, body)).status).toBe(413);
    });

    it.each([
      ['half of a JSON text', '{"query": "{ __typename'],
      ['nothing', ''],
      ['no object', '"{ __typename }"'],
      ['a query that is no text', '{"query": {"$gt": ""}}'],
      [
        'very deep variables',
        `{"query":"query ($a: Int) { a: __typename @skip(if: $a) }","variables":{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}}`,
      ],
      [
        'bytes that are no UTF-8 in what is asked',
        new Uint8Array([...Buffer.from('{"query":"{ boards { \xff } }"}', 'latin1')]),
      ],
    ])('of %s is refused, and harms nobody', async (_, body) => {
      const { data, codes, status } = await attempt(scene().platform.url, body);
      expect(data ?? null).toBeNull();
      expect(codes.length > 0 || status >= 400).toBe(true);
      expect((await operate(scene().platform.url, '{ __typename }')).data).toEqual({ __typename: 'Query' });
    });

    it('that names its query twice passes no limit by one of them', async () => {
      const bomb = JSON.stringify(`{ ...F0 } ${doubling(60)} fragment F60 on Query { __typename }`);
      for (const [first, last] of [
        [bomb, '"{ __typename }"'],
        ['"{ __typename }"', bomb],
      ]) {
        const { data, status, codes } = await attempt(scene().platform.url, `{"query":${first},"query":${last}}`);
        expect(data ?? { __typename: 'Query' }).toEqual({ __typename: 'Query' });
        if (!data) expect(codes.length > 0 || status >= 400).toBe(true);
      }
    });

    it('for prototypes of objects is one like any other', async () => {
      const body =
        '{"query":"query ($id: ID!) { post(id: $id) { id } }","variables":{"__proto__":{"id":"1"},"constructor":{}},"operationName":"__proto__"}';
      const { data } = await attempt(scene().platform.url, body);
      expect(data ?? null).toBeNull();
      expect(({} as { id?: string }).id).toBeUndefined();
    });
  });
}
