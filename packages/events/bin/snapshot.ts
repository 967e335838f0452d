import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { UsageError } from '@community/kit/command';
import type { Pool } from 'pg';
import type { ContractFile } from '../src/contract-file.ts';
import { requestSnapshot } from '../src/snapshots.ts';

const SNAPSHOT = '.snapshot';
const LOOK_EVERY_MS = 500;
/** A domain that runs begins within two seconds. */
const SILENT_AFTER_MS = 5_000;

/** What became of a run so far. */
export interface SnapshotProgress {
  readonly source: string;
  /** Aggregates that were told. */
  readonly sent: number;
  readonly done: boolean;
}

/**
 * What each domain can tell again: the aggregates of which its contract, `subgraphs/<domain>/events.json`, has an event
 * `<aggregate>.snapshot`.
 * @param root the folder of the subgraphs
 */
export function snapshotSources(root: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const domain of readdirSync(root).sort()) {
    const file = path.join(root, domain, 'events.json');
    const types = existsSync(file) ? Object.keys(JSON.parse(readFileSync(file, 'utf8')) as ContractFile) : [];
    const sources = types.filter((type) => type.endsWith(SNAPSHOT)).map((type) => type.slice(0, -SNAPSHOT.length));
    if (sources.length > 0) found.set(domain, sources);
  }
  return found;
}

/**
 * The sources of a domain, or the one that was asked for.
 * @throws UsageError which names those that there are
 */
export function chooseSources(all: Map<string, string[]>, domain: string, source: string | undefined): string[] {
  const sources = all.get(domain);
  if (!sources) throw new UsageError(`${domain} tells nothing again: choose from ${[...all.keys()].join(', ')}`);
  if (source === undefined) return sources;
  if (!sources.includes(source))
    throw new UsageError(`${domain} has no source ${source}: choose from ${sources.join(', ')}`);
  return [source];
}

/**
 * Asks a domain to tell its aggregates again, and follows it to the end.
 * @param say is told each step, in words
 */
export async function snapshot(
  pool: Pool,
  domain: string,
  sources: readonly string[],
  say: (line: string) => void,
): Promise<SnapshotProgress[]> {
  const runs: string[] = [];
  for (const source of sources) runs.push(await requestSnapshot(pool, source));
  say(`${domain} was asked for ${sources.join(', ')}; it goes on also when this command ends`);
  let said: SnapshotProgress[] = [];
  let heardAt = Date.now();
  for (;;) {
    const { rows } = await pool.query<SnapshotProgress>(
      `SELECT source, sent::int AS sent, finished_at IS NOT NULL AS done FROM events.snapshot_run
       WHERE id = ANY($1::bigint[]) ORDER BY id`,
      [runs],
    );
    const news = rows.filter(({ sent, done }, index) => sent !== said[index]?.sent || done !== said[index].done);
    for (const { source, sent, done } of news) if (sent > 0 || done) say(`${source}: ${sent}${done ? ', done' : ''}`);
    said = rows;
    if (rows.every(({ done }) => done)) return rows;
    if (news.length > 0) heardAt = Date.now();
    else if (Date.now() - heardAt > SILENT_AFTER_MS) {
      say(`nothing new of ${domain}: it tells when it runs, one run after the other`);
      heardAt = Date.now();
    }
    await pause(LOOK_EVERY_MS);
  }
}
