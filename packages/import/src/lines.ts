import { createReadStream } from 'node:fs';

/** Longer than anything that is taken; a longer line is told, and not held in memory. */
const MAX_LINE_BYTES = 1024 * 1024;
const NEWLINE = 10;

export interface Line {
  /** From 1. */
  readonly number: number;
  /** Null when it is longer than 1 MiB. */
  readonly text: string | null;
  /** Of the byte behind it. */
  readonly end: number;
}

/** The lines of a file from a place on, one after the other; a file of any size takes the memory of its longest line. */
export async function* readLines(file: string, from: { line: number; byteOffset: number }): AsyncGenerator<Line> {
  let [number, end] = [from.line, from.byteOffset];
  let parts: Buffer[] = [];
  let length = 0;
  const finish = (): Line => {
    number += 1;
    const text = length > MAX_LINE_BYTES ? null : Buffer.concat(parts).toString('utf8');
    parts = [];
    length = 0;
    return { number, text, end };
  };
  const add = (part: Buffer) => {
    length += part.length;
    end += part.length;
    if (length <= MAX_LINE_BYTES) parts.push(part);
    else parts = [];
  };
  for await (const chunk of createReadStream(file, { start: from.byteOffset }) as AsyncIterable<Buffer>) {
    let rest = chunk;
    for (let at = rest.indexOf(NEWLINE); at >= 0; at = rest.indexOf(NEWLINE)) {
      add(rest.subarray(0, at));
      end += 1;
      yield finish();
      rest = rest.subarray(at + 1);
    }
    add(rest);
  }
  if (length > 0) yield finish();
}
