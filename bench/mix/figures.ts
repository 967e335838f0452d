import { quantile } from '../usage.ts';
import type { Load } from './load.ts';

export const meanOf = (numbers: readonly number[]): number =>
  numbers.reduce((sum, each) => sum + each, 0) / Math.max(1, numbers.length);

export const medianOf = (numbers: readonly number[]): number => quantile(numbers, 0.5);

/** A load in a line. */
export function lineOf({ pages, requests, seconds, latencies, failed, bytes }: Load): string {
  return [
    `${(requests / seconds).toFixed(0).padStart(5)} requests/s (${(pages / seconds).toFixed(0)} pages/s)`,
    `mean ${meanOf(latencies).toFixed(1)} ms, p50 ${quantile(latencies, 0.5).toFixed(1)}, p99 ${quantile(latencies, 0.99).toFixed(1)}`,
    `errors ${((failed * 100) / Math.max(1, requests)).toFixed(2)} %`,
    `${(bytes / requests / 1024).toFixed(1)} KiB`,
  ].join('  ');
}
