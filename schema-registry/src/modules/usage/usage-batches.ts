import { type GraphRef, printGraphRef } from '../../names.ts';
import type { UsageRecord } from './usage.ts';

/** More is reported than can be written at the moment; the reporter sends it again. */
export class BusyError extends Error {
  override name = 'BusyError';
}

interface Batch {
  readonly ref: GraphRef;
  readonly records: UsageRecord[];
  readonly written: Promise<void>;
  readonly settle: (result: Promise<void>) => void;
}

function openBatch(ref: GraphRef): Batch {
  let settle: (result: Promise<void>) => void = () => {};
  const written = new Promise<void>((resolve, reject) => {
    settle = (result) => void result.then(resolve, reject);
  });
  return { ref, records: [], written, settle };
}

/**
 * Writes one batch at a time; what is added meanwhile makes the next one of its variant. Whoever adds waits until her
 * records are written, so nothing is acknowledged that is not stored.
 */
export function createBatches(write: (ref: GraphRef, records: readonly UsageRecord[]) => Promise<void>, limit: number) {
  const waiting = new Map<string, Batch>();
  let count = 0;
  let writing = false;

  async function writeAll(): Promise<void> {
    writing = true;
    for (let next = waiting.entries().next(); !next.done; next = waiting.entries().next()) {
      const [name, batch] = next.value;
      waiting.delete(name);
      count -= batch.records.length;
      const result = write(batch.ref, batch.records);
      batch.settle(result);
      await result.catch(() => {});
    }
    writing = false;
  }

  return {
    /** @throws BusyError when too many records wait */
    async add(ref: GraphRef, records: readonly UsageRecord[]): Promise<void> {
      if (count + records.length > limit)
        throw new BusyError(`More than ${limit} records of use wait to be written: send this report again later.`);
      const name = printGraphRef(ref);
      const batch = waiting.get(name) ?? openBatch(ref);
      waiting.set(name, batch);
      batch.records.push(...records);
      count += records.length;
      if (!writing) void writeAll();
      return batch.written;
    },
  };
}
