import type { z } from 'zod';
import type { Line } from './lines.ts';

/** A line that was read and understood. */
export interface Numbered<Item> {
  readonly line: number;
  readonly item: Item;
}

/** A line that is not taken, and why, in words for the operator. */
export interface Rejected {
  readonly line: number;
  readonly sourceId: string | null;
  readonly reason: string;
}

/** What a domain does with one file. */
export interface ImportStep<Tx> {
  /** Unique in its domain. */
  readonly name: string;
  /** For instance `posts.jsonl`. */
  readonly file: string;
  /** Takes lines in the caller's transaction; done twice it does nothing more. @returns what it does not take */
  take(tx: Tx, lines: readonly Line[]): Promise<Rejected[]>;
}

const idOf = (value: unknown): string | null => {
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : null;
  return typeof id === 'string' ? id.slice(0, 200) : null;
};

function parseLine(line: Line): { value: unknown } | { reason: string } {
  if (line.text === null) return { reason: 'the line is longer than 1 MiB' };
  try {
    return { value: JSON.parse(line.text) };
  } catch (error) {
    return { reason: `no JSON: ${(error as Error).message}` };
  }
}

function firstFault({ issues: [issue] }: z.ZodError): string {
  const path = issue?.path.join('.') ?? '';
  return `${path ? `${path}: ` : ''}${issue?.message ?? 'not understood'}`;
}

/**
 * A step over lines of one form. Empty lines are passed over.
 * @param step.apply writes items that have the form, in the order of the file; what it returns is told as rejected
 */
export function importStep<Tx, Item>(step: {
  name: string;
  file: string;
  form: z.ZodType<Item>;
  apply(tx: Tx, items: readonly Numbered<Item>[]): Promise<{ line: number; reason: string }[]>;
}): ImportStep<Tx> {
  return {
    name: step.name,
    file: step.file,
    async take(tx, lines) {
      const items: Numbered<Item>[] = [];
      const rejected: Rejected[] = [];
      const ids = new Map<number, string | null>();
      for (const line of lines) {
        if (line.text?.trim() === '') continue;
        const parsed = parseLine(line);
        if ('reason' in parsed) {
          rejected.push({ line: line.number, sourceId: null, reason: parsed.reason });
          continue;
        }
        const sourceId = idOf(parsed.value);
        ids.set(line.number, sourceId);
        const { data, error } = step.form.safeParse(parsed.value);
        if (error) rejected.push({ line: line.number, sourceId, reason: firstFault(error) });
        else items.push({ line: line.number, item: data });
      }
      const refused = items.length > 0 ? await step.apply(tx, items) : [];
      return [
        ...rejected,
        ...refused.map(({ line, reason }) => ({ line, sourceId: ids.get(line) ?? null, reason })),
      ].sort((a, b) => a.line - b.line);
    },
  };
}
