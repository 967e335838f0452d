import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { changedSubgraphs } from './changed-subgraphs.ts';

let folder: string;
let config: string;

function write(name: string, text: string): void {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), text);
}
function configure(urls: Record<string, string>): void {
  const rows = Object.entries(urls).map(
    ([name, url]) => `  ${name}:\n    routing_url: ${url}\n    schema: { file: ./${name}/schema.graphql }\n`,
  );
  write('supergraph.yaml', `subgraphs:\n${rows.join('')}`);
}
const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=O', '-c', 'user.email=o@example.com', ...args], { cwd: folder, stdio: 'pipe' });
const names = async (file = config) => {
  const { changed, removed, unchanged } = await changedSubgraphs(file, 'main');
  return { changed: changed.map(({ name }) => name), removed, unchanged };
};

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'changed-'));
  config = path.join(folder, 'supergraph.yaml');
  configure({ a: 'http://a', 글: 'http://b' });
  write('a/schema.graphql', 'type Query { a: Int }');
  write('글/schema.graphql', 'type Query { b: Int }');
  git('init', '-q', '-b', 'main');
  git('add', '-A');
  git('commit', '-qm', 'first');
  git('checkout', '-qb', 'feature');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a subgraph differs', () => {
  test('not at first', async () => {
    expect(await names()).toEqual({ changed: [], removed: [], unchanged: 2 });
  });

  test('by its schema, whatever its name and through a symbolic link', async () => {
    write('글/schema.graphql', 'type Query { c: Int }');
    expect((await names()).changed).toEqual(['글']);
    const link = `${folder}-link`;
    symlinkSync(folder, link);
    try {
      expect((await names(path.join(link, 'supergraph.yaml'))).changed).toEqual(['글']);
    } finally {
      rmSync(link);
    }
  });

  test('by its routing URL', async () => {
    configure({ a: 'http://elsewhere', 글: 'http://b' });
    expect((await names()).changed).toEqual(['a']);
  });

  test('when it is new, added to git or not', async () => {
    configure({ a: 'http://a', 글: 'http://b', c: 'http://c' });
    write('c/schema.graphql', 'type Query { c: Int }');
    expect((await names()).changed).toEqual(['c']);
  });

  test('when it is taken out', async () => {
    configure({ a: 'http://a' });
    expect(await names()).toEqual({ changed: [], removed: ['글'], unchanged: 1 });
  });

  test('when the base has no configuration that can be read', async () => {
    write('other.yaml', 'subgraphs:\n  a: { routing_url: http://a, schema: { file: ./a/schema.graphql } }\n');
    expect((await names(path.join(folder, 'other.yaml'))).changed).toEqual(['a']);
  });
});

test('a configuration that cannot be used is told in one line', async () => {
  await expect(names(path.join(folder, 'none.yaml'))).rejects.toThrow(/^There is no .*none\.yaml/);
  write('bad.yaml', 'subgraphs: [');
  await expect(names(path.join(folder, 'bad.yaml'))).rejects.toThrow(/^.*bad\.yaml is not YAML: [^\n]*$/);
  write('gone.yaml', 'subgraphs:\n  a: { routing_url: http://a, schema: { file: ./no.graphql } }\n');
  await expect(names(path.join(folder, 'gone.yaml'))).rejects.toThrow('The schema of a is missing');
});
