import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ProcessIdentity } from '@community/database/process-identity';

/** The process that works in an engine's folder, and where it answers. */
export interface RecordedProgram extends ProcessIdentity {
  readonly url: string;
}

const fileOf = (folder: string): string => path.join(folder, 'program.json');

/** Writes down which process works in an engine's folder, as soon as there is one. */
export function recordProgram(folder: string, program: RecordedProgram): void {
  writeFileSync(fileOf(folder), JSON.stringify(program));
}

/** The process that was last started in an engine's folder. */
export function recordedProgram(folder: string): RecordedProgram | undefined {
  try {
    return JSON.parse(readFileSync(fileOf(folder), 'utf8')) as RecordedProgram;
  } catch {
    return undefined;
  }
}

export function forgetProgram(folder: string): void {
  rmSync(fileOf(folder), { force: true });
}
