import { readdirSync, readFileSync } from 'node:fs';

/** Jiffies a second: Linux' USER_HZ. */
const HZ = 100;

interface Stat {
  readonly parent: number;
  readonly cpuSeconds: number;
}

function statOf(pid: number): Stat | undefined {
  try {
    // The name, in brackets, may hold spaces; fields are counted behind it (proc(5)).
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    // With what its children that have ended used, or a backend that ends would take its share with it.
    return {
      parent: Number(fields[1]),
      cpuSeconds: fields.slice(11, 15).reduce((sum, jiffies) => sum + Number(jiffies), 0) / HZ,
    };
  } catch {
    return undefined;
  }
}

/** A process and all that descend from it. */
function family(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? statOf(Number(name)) : undefined;
    if (stat) parents.set(Number(name), stat.parent);
  }
  const found = [pid];
  for (let at = 0; at < found.length; at += 1)
    for (const [child, parent] of parents) if (parent === found[at]) found.push(child);
  return found;
}

/** Seconds of CPU that a process and its descendants have used. */
export function cpuSecondsOf(pid: number): number {
  return family(pid).reduce((sum, each) => sum + (statOf(each)?.cpuSeconds ?? 0), 0);
}

/** Memory of a process and its descendants in bytes; pages that several share count in shares (PSS). */
export function memoryOf(pid: number): number {
  return family(pid).reduce((sum, each) => {
    try {
      const [, kib = '0'] = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${each}/smaps_rollup`, 'utf8')) ?? [];
      return sum + Number(kib) * 1024;
    } catch {
      return sum;
    }
  }, 0);
}

/** A quantile of numbers, 0 of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
