import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Transactions } from '@community/events/sql';
import { type Line, readLines } from './lines.ts';
import { advance, begin, rejectedAfter } from './progress.store.ts';
import type { ImportStep } from './step.ts';

/** Lines of one transaction. */
const BATCH = 500;
const PAGE = 1_000;
/** SQLSTATE deadlock_detected. */
const DEADLOCK = '40P01';
const ATTEMPTS = 10;

export interface StepReport {
  readonly step: string;
  readonly lines: number;
  readonly rejected: number;
  readonly ms: number;
}

/** Told after each batch: how many of a step's bytes are done. */
export type OnProgress = (step: string, done: number, total: number) => void;

/** What a domain takes, and how. */
export interface DomainImport<Tx> {
  readonly domain: string;
  readonly transactions: Transactions<Tx>;
  readonly steps: readonly ImportStep<Tx>[];
}

/**
 * Takes files into a domain, each batch with its place in the file in one transaction: killed at any moment, the next run
 * goes on behind the last batch that was kept, and a file that was taken as a whole is passed over.
 * @param source names the community that is imported: each has its own place in its files
 * @param folder holds the files; one that is not there is nothing to import
 * @param rejectsFolder gets `<domain>-<step>.jsonl` for each step that did not take something
 */
export async function runImport<Tx>(
  { domain, transactions, steps }: DomainImport<Tx>,
  {
    source,
    folder,
    rejectsFolder,
    onProgress,
    onStep,
  }: {
    source: string;
    folder: string;
    rejectsFolder: string;
    onProgress: OnProgress;
    onStep: (report: StepReport) => void;
  },
): Promise<void> {
  for (const step of steps) {
    const file = join(folder, step.file);
    if (!existsSync(file)) continue;
    const start = performance.now();
    const place = `${source}/${step.name}`;
    const lines = await runStep(transactions, step, place, file, (done, total) => onProgress(step.name, done, total));
    const list = join(rejectsFolder, `${domain}-${step.name}.jsonl`);
    const rejected = await writeRejected(transactions, step.file, place, list);
    onStep({ step: step.name, lines, rejected, ms: Math.round(performance.now() - start) });
  }
}

/** `pg` has the state as the code of its error, Prisma among its words. */
const isDeadlock = (error: unknown): boolean =>
  error instanceof Error && (('code' in error && error.code === DEADLOCK) || error.message.includes(DEADLOCK));

/** Members and consumers of events lock the same rows, in an order of their own. */
async function untilNoDeadlock(work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === ATTEMPTS || !isDeadlock(error)) throw error;
    }
  }
}

async function runStep<Tx>(
  transactions: Transactions<Tx>,
  step: ImportStep<Tx>,
  place: string,
  file: string,
  onProgress: (done: number, total: number) => void,
): Promise<number> {
  const { size, mtimeMs } = statSync(file);
  const from = await transactions.run((tx) => begin(transactions.sql(tx), place, `${size}:${Math.round(mtimeMs)}`));
  if (from.finished) return from.line;
  let at = { line: from.line, byteOffset: from.byteOffset };
  const keep = async (lines: readonly Line[], finished: boolean) => {
    const last = lines.at(-1);
    if (last) at = { line: last.number, byteOffset: last.end };
    await untilNoDeadlock(() =>
      transactions.run(async (tx) => {
        const rejected = lines.length > 0 ? await step.take(tx, lines) : [];
        await advance(transactions.sql(tx), place, { ...at, finished }, rejected);
      }),
    );
    onProgress(at.byteOffset, size);
  };
  let batch: Line[] = [];
  for await (const line of readLines(file, from)) {
    batch.push(line);
    if (batch.length < BATCH) continue;
    await keep(batch, false);
    batch = [];
  }
  await keep(batch, true);
  return at.line;
}

/** The whole list, made aside and renamed; no file when all was taken. @returns how many there are */
async function writeRejected<Tx>(
  transactions: Transactions<Tx>,
  of: string,
  place: string,
  file: string,
): Promise<number> {
  let [count, line] = [0, 0];
  let draft: number | undefined;
  for (;;) {
    const page = await transactions.run((tx) => rejectedAfter(transactions.sql(tx), place, line, PAGE));
    if (page.length === 0) break;
    if (draft === undefined) {
      mkdirSync(join(file, '..'), { recursive: true });
      draft = openSync(`${file}.new`, 'w', 0o600);
    }
    for (const { line: number, sourceId, reason } of page)
      writeSync(draft, `${JSON.stringify({ file: of, line: number, id: sourceId, reason })}\n`);
    count += page.length;
    line = page.at(-1)?.line ?? line;
  }
  if (draft === undefined) rmSync(file, { force: true });
  else {
    closeSync(draft);
    renameSync(`${file}.new`, file);
  }
  return count;
}
