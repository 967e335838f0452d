import { mkdtempSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSupergraph } from './supergraph-file.ts';

const good = readFileSync('router/supergraph.graphql', 'utf8');

function setup(content: string) {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'supergraph-')), 'supergraph.graphql');
  const replace = (text: string) => {
    writeFileSync(`${file}.new`, text);
    renameSync(`${file}.new`, file);
  };
  replace(content);
  const told: string[] = [];
  const log = {
    info: (_: object, message: string) => told.push(message),
    error: (_: object, message: string) => told.push(message),
  };
  return { file, replace, told, open: () => openSupergraph(file, log as never) };
}

describe('the supergraph in a file', () => {
  it('is followed when it is replaced', () => {
    const { open, replace, told } = setup(good);
    const supergraph = open();
    expect(supergraph.current()).toBe(good);
    replace(`${good}\n# a later one`);
    expect(supergraph.current()).toContain('# a later one');
    expect(told).toEqual(['a new supergraph is in service']);
  });

  it.each(['', good.slice(0, 500), 'type Query { a: Int }'])(
    'that is broken leaves the last good one in service, and says so once',
    (broken) => {
      const { open, replace, told } = setup(good);
      const supergraph = open();
      replace(broken);
      expect([supergraph.current(), supergraph.current()]).toEqual([good, good]);
      expect(told).toEqual(['the new supergraph cannot be used; the last good one stays in service']);
      replace(`${good}\n# mended`);
      expect(supergraph.current()).toContain('# mended');
    },
  );

  it('that is broken from the start is told in one line', () => {
    expect(() => setup('type Query { a: Int }').open()).toThrow(/^SUPERGRAPH_PATH: .* not a composed supergraph/);
    expect(() => openSupergraph('/nowhere/supergraph.graphql', { info() {}, error() {} } as never)).toThrow(
      /SUPERGRAPH_PATH/,
    );
  });
});
