import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type Line, readLines } from './lines.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'import-lines-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function linesOf(content: string, from = { line: 0, byteOffset: 0 }): Promise<Line[]> {
  const file = path.join(folder, 'lines');
  writeFileSync(file, content);
  const lines: Line[] = [];
  for await (const line of readLines(file, from)) lines.push(line);
  return lines;
}

describe('the lines of a file', () => {
  it('are numbered, with the place behind each, whatever its characters, and the last one needs no end', async () => {
    const lines = await linesOf('하나\n\ntwo');
    expect(lines).toEqual([
      { number: 1, text: '하나', end: 7 },
      { number: 2, text: '', end: 8 },
      { number: 3, text: 'two', end: 11 },
    ]);
  });

  it('are the same when they are read on from behind any of them, across the parts that a file is read in', async () => {
    const content = Array.from({ length: 3_000 }, (_, index) => `줄 ${index} ${'x'.repeat(index % 97)}`).join('\n');
    const all = await linesOf(content);
    expect(all).toHaveLength(3_000);
    for (const at of [0, 1, 1_234, 2_998]) {
      const { number: line, end: byteOffset } = all[at] as Line;
      expect(await linesOf(content, { line, byteOffset })).toEqual(all.slice(at + 1));
    }
  });

  it('are told without their text when they are longer than 1 MiB, and those behind them are read', async () => {
    const lines = await linesOf(`a\n${'b'.repeat(1024 * 1024 + 1)}\nc\n`);
    expect(lines.map(({ number, text }) => [number, text])).toEqual([
      [1, 'a'],
      [2, null],
      [3, 'c'],
    ]);
  });
});
