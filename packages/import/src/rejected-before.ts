import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readLines } from './lines.ts';

const rejectedLine = z.object({ line: z.int() });

/**
 * The numbers of the lines that steps before this one did not take, of the file that all of them read. What a later
 * step's list says is of a run before this one.
 * @param steps named `<domain>-<step>`
 */
export async function rejectedBefore(rejectsFolder: string, steps: readonly string[]): Promise<Set<number>> {
  const lines = new Set<number>();
  for (const step of steps) {
    const list = join(rejectsFolder, `${step}.jsonl`);
    if (!existsSync(list)) continue;
    for await (const { text } of readLines(list, { line: 0, byteOffset: 0 }))
      lines.add(rejectedLine.parse(JSON.parse(text ?? '')).line);
  }
  return lines;
}
