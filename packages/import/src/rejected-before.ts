import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readLines } from './lines.ts';

const rejectedLine = z.object({ file: z.string(), id: z.string().nullable() });

/** The source ids of a file's lines that domains before this one did not take. */
export async function rejectedBefore(rejectsFolder: string, file: string): Promise<Set<string>> {
  const ids = new Set<string>();
  const names = existsSync(rejectsFolder) ? readdirSync(rejectsFolder).filter((name) => name.endsWith('.jsonl')) : [];
  for (const name of names)
    for await (const line of readLines(join(rejectsFolder, name), { line: 0, byteOffset: 0 })) {
      const rejected = rejectedLine.parse(JSON.parse(line.text ?? ''));
      if (rejected.file === file && rejected.id !== null) ids.add(rejected.id);
    }
  return ids;
}
