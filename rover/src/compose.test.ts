import { describe, expect, test } from 'vitest';
import { composeSupergraph } from './compose.ts';

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])\n`;

function compose(subgraphs: Record<string, string>) {
  return composeSupergraph(
    Object.entries(subgraphs).map(([name, sdl]) => ({ name, url: `http://${name}/graphql`, sdl: LINK + sdl })),
  );
}

function faults(subgraphs: Record<string, string>): readonly string[] {
  const composed = compose(subgraphs);
  if (!('errors' in composed)) throw new Error('it composes');
  const lines = composed.errors.map(({ message }) => message);
  for (const line of lines) expect(line).not.toContain('\n');
  return lines;
}

test('composes entities of two subgraphs, with the names as addresses', () => {
  const composed = compose({
    user: 'type Query { user: User } type User @key(fields: "id") { id: ID! handle: String! }',
    content: 'type Query { feed: [User] } type User @key(fields: "id") { id: ID! posts: Int! }',
  });
  expect(composed).toHaveProperty('supergraph');
  expect('supergraph' in composed && composed.supergraph).toContain(
    '@join__graph(name: "user", url: "http://user/graphql")',
  );
});

describe('a fault is one line that names subgraph, type and field', () => {
  test('an unknown type', () => {
    expect(faults({ content: 'type Query { post: Missing }' })).toEqual([
      'content: Query.post: line 2: Unknown type Missing (INVALID_GRAPHQL)',
    ]);
  });

  test('SDL that cannot be parsed', () => {
    expect(faults({ content: 'type Query { post: }' })).toEqual([
      'content: line 2, column 20: Syntax Error: Expected Name, found "}". (INVALID_GRAPHQL)',
    ]);
  });

  test('a field that two subgraphs define', () => {
    const [line] = faults({
      user: 'type Query { a: P } type P { x: Int }',
      content: 'type Query { b: P } type P { x: Int }',
    });
    expect(line).toMatch(/"P\.x".*"content" and "user".*\(INVALID_FIELD_SHARING\)$/);
  });

  test('types of a field that differ', () => {
    const [line] = faults({
      user: 'type Query { a: Int @shareable }',
      content: 'type Query { a: String @shareable }',
    });
    expect(line).toMatch(/"Query\.a".*"String" in subgraph "content".*"Int" in subgraph "user"/);
  });

  test('a field that cannot be reached', () => {
    const [line] = faults({
      user: 'type Query { a: Int u: U } type U @key(fields: "id") { id: ID! }',
      content: 'type Query { b: Int } type U @key(fields: "uid") { uid: ID! name: String }',
    });
    expect(line).toMatch(
      /^U\.uid cannot be reached: from subgraph "user": .*asked as \{ u \{ uid \} \} \(SATISFIABILITY_ERROR\)$/,
    );
  });
});

describe('a contract', () => {
  const sdl = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@tag"])
    type Query { open(filter: Filter!, kind: Kind): Thing @tag(name: "public") closed(secret: Secret): Int }
    input Filter { text: String nested: Nested hidden: Int @tag(name: "internal") }
    input Nested { at: Time }
    input Secret { code: Int }
    enum Kind { A B }
    scalar Time
    union Either = Thing
    type Thing { id: ID! @tag(name: "public") at: Time @tag(name: "public") either: Either @tag(name: "public") price: Int }`;
  const composed = composeSupergraph([{ name: 'a', url: 'http://a/graphql', sdl }], {
    include: ['public'],
    exclude: ['internal'],
    hideUnreachableTypes: true,
  });
  const shown = 'errors' in composed ? JSON.stringify(composed.errors) : composed.publicSdl;

  test('shows what is included with the arguments, inputs, enums, scalars and unions that it needs', () => {
    for (const part of ['filter: Filter!', 'kind: Kind', 'nested: Nested', 'at: Time', 'enum Kind', 'union Either'])
      expect(shown).toContain(part);
  });

  test('hides the rest, and what has other tags of its own', () => {
    for (const part of ['closed', 'Secret', 'price', 'hidden']) expect(shown).not.toContain(part);
  });
});
