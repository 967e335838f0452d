import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkPolicies, loadPolicies } from '../src/modules/check/policies.ts';

const question = (sdl: string) => ({
  graphId: 'shop',
  variant: 'current',
  subgraph: 'a',
  sdl,
  baseSdl: null,
  changes: [],
});

function folder(files: Record<string, string>): string {
  const path_ = mkdtempSync(path.join(tmpdir(), 'policies-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(path_, name), text);
  return path_;
}

describe('policies of a folder', () => {
  test('are asked all; one that throws or answers nonsense is a violation and hurts no other', async () => {
    const policies = await loadPolicies(
      folder({
        'a.mjs': 'export default { name: "a", check: () => { throw new Error("broken") } };',
        'b.mjs': 'export default { name: "b", check: () => [{ nothing: 1 }] };',
        'c.mjs':
          'export default { name: "c", check: ({ document }) => [{ message: "no", level: "WARNING", coordinate: "Query", loc: document.definitions[0].loc }] };',
        'readme.txt': 'not a policy',
      }),
    );
    const task = await checkPolicies(policies, question('type Query { a: Int }'));
    expect(task?.status).toBe('FAILED');
    expect(task?.violations).toMatchObject([
      { rule: 'a', level: 'ERROR', message: 'the policy failed: broken' },
      { rule: 'b', level: 'ERROR', message: expect.stringContaining('the policy failed') },
      {
        rule: 'c',
        level: 'WARNING',
        message: 'no',
        sourceLocations: [{ start: { line: 1, column: 1, byteOffset: 0 } }],
      },
    ]);
  });

  test('a file that is none stops the start, by name', async () => {
    await expect(loadPolicies(folder({ 'x.mjs': 'export default 1;' }))).rejects.toThrow(/x\.mjs is no policy/);
  });

  test('without any there is no task', async () => {
    expect(await checkPolicies([], question('type Query { a: Int }'))).toBeNull();
  });
});

describe("this platform's own", () => {
  const ask = async (sdl: string) =>
    (await checkPolicies(await loadPolicies('rover/policies'), question(sdl)))?.violations.map(
      ({ rule, level, coordinate }) => `${rule} ${level} ${coordinate}`,
    );

  test('a deprecation says until when', async () => {
    expect(await ask('type Query { a: Int @deprecated(reason: "Use b.") }')).toEqual([
      'deprecation-date WARNING Query.a',
    ]);
    expect(await ask('type Query { a: Int @deprecated(reason: "Use b; stays until 2027-03-31.") }')).toEqual([]);
  });

  test('a reference into another domain is nullable', async () => {
    const user = 'type User @key(fields: "id") { id: ID! }';
    expect(await ask(`type Query { me: User! } ${user}`)).toEqual(['nullable-references ERROR Query.me']);
    expect(await ask(`type Query { me: User } ${user}`)).toEqual([]);
    expect(await ask(`type Query { us: [User]! } ${user}`)).toEqual([]);
    expect(await ask(`type Query { us: [User!] } ${user}`)).toEqual(['nullable-references ERROR Query.us']);
    expect(await ask('type Query { me: User! } type User @key(fields: "id") { id: ID! name: String }')).toEqual([]);
  });

  test('a success can be selected beside the errors of its result', async () => {
    const result = (field: string) =>
      `type Query { a: Int } interface Error { message: String! } type Refused implements Error { message: String! } type Sent { ${field} } union Result = Sent | Refused`;
    expect(await ask(result('message: Int'))).toEqual(['error-fields ERROR Sent.message']);
    expect(await ask(result('sent: Int'))).toEqual([]);
    expect(await ask(result('message: String!'))).toEqual([]);
  });
});
