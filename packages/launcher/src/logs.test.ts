import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openLogFile } from './log-file.ts';
import { lineSplitter, noticeOf, reasonInStderr } from './log-lines.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

describe('a log file', () => {
  it('is bounded: a full one becomes the one before', () => {
    using folder = temporaryFolder();
    const path = join(folder.path, 'logs', 'content.log');
    const log = openLogFile(path, 20);
    for (const line of ['one\n', 'two\n', 'a line of eighteen\n', 'last\n']) log.write(line);
    log.close();
    expect(readFileSync(path, 'utf8')).toBe('last\n');
    expect(readFileSync(`${path}.1`, 'utf8')).toBe('a line of eighteen\n');
  });
});

describe('log lines', () => {
  it('are whole, however they arrive', () => {
    const lines: string[] = [];
    const feed = lineSplitter((line) => lines.push(line));
    const bytes = Buffer.from('첫 줄\n둘째 줄\nrest');
    feed(bytes.subarray(0, 2));
    feed(bytes.subarray(2, 12));
    feed(bytes.subarray(12));
    expect(lines).toEqual(['첫 줄', '둘째 줄']);
  });

  it.each([
    ['{"level":"info","msg":"ready"}', undefined],
    ['{"level":"warn","msg":"slow"}', { level: 'warn', message: 'slow' }],
    [
      '{"level":"error","msg":"a request failed","err":{"message":"no such table"}}',
      { level: 'error', message: 'a request failed: no such table' },
    ],
    ['not JSON "level":"error"', undefined],
  ])('%s is told as %o', (line, notice) => {
    expect(noticeOf(line)).toEqual(notice);
  });
});

describe('the reason in what a crash printed', () => {
  it('is the error, not the source around it', () => {
    const stderr = [
      'file:///x/.build/content.mjs:10',
      '  throw new TypeError("no");',
      '        ^',
      '',
      'TypeError: no',
      '    at x (file:///x:10:3)',
      '',
      'Node.js v20.20.2',
    ];
    expect(reasonInStderr(stderr)).toBe('TypeError: no');
  });

  it('is the last line otherwise', () => {
    expect(reasonInStderr(['configuration: PORT is not set'])).toBe('configuration: PORT is not set');
    expect(reasonInStderr([])).toBeUndefined();
  });
});
