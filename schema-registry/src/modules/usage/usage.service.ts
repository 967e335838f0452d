import { newId } from '@community/kit/ids';
import { holdsNul } from '@community/kit/nul';
import type { GraphQLSchema } from 'graphql';
import { Counter } from 'prom-client';
import type { Db } from '../../database.ts';
import type { GraphRef } from '../../names.ts';
import { printGraphRef } from '../../names.ts';
import { Refusal } from '../../refusal.ts';
import { ReportError } from '../../usage-reports/reported-operation.ts';
import type { ApiSchemas } from '../launch/api-schema.ts';
import type { LaunchStore } from '../launch/launch.store.ts';
import type { PersistedQueryStore } from '../persisted-query/persisted-query.store.ts';
import type { VariantStore } from '../variant/variant.store.ts';
import type { Variant } from '../variant/variant.ts';
import { createPreparation, type PreparedUse } from './prepared-usage.ts';
import type { HourSums, InputSums, NewOperation, UsageStore } from './usage.store.ts';
import type { UsageRecord } from './usage.ts';
import { createBatches } from './usage-batches.ts';

const HOUR_MS = 3_600_000;
/** Documents of a variant that are told apart; beyond it, clients build them from values, and no list of them helps. */
const OPERATIONS_LIMIT = 20_000;
const DOCUMENT_LIMIT = 100_000;
/** Records that wait to be written, over all variants. */
const WAITING_LIMIT = 50_000;
/** Reports that come later than this are about traffic that no check looks at. */
const OLDEST_MS = 90 * 24 * HOUR_MS;

const dropped = new Counter({
  name: 'registry_usage_dropped_total',
  help: 'Reported uses that were not stored, by reason',
  labelNames: ['reason'],
});

/** Sums rows of the same key, since one statement may not touch a row twice. */
function summed<Row extends object>(
  rows: readonly Row[],
  keys: readonly (keyof Row)[],
  sums: readonly (keyof Row)[],
): Row[] {
  const byKey = new Map<string, Row>();
  for (const row of rows) {
    const key = JSON.stringify(keys.map((name) => row[name]));
    const old = byKey.get(key);
    if (!old) byKey.set(key, row);
    else
      byKey.set(key, {
        ...old,
        ...Object.fromEntries(sums.map((name) => [name, Number(old[name]) + Number(row[name])])),
      });
  }
  return [...byKey.values()];
}

export function createUsageService(tools: {
  db: Db;
  usage: UsageStore;
  variants: VariantStore;
  launches: LaunchStore;
  queries: PersistedQueryStore;
  apiSchemas: ApiSchemas;
}) {
  const { db, usage, variants, launches, queries, apiSchemas } = tools;
  const preparation = createPreparation();

  async function schemaOf(variant: Variant): Promise<GraphQLSchema | null> {
    const launch = variant.currentLaunchId ? await launches.byId(variant.currentLaunchId) : null;
    return launch?.apiSchemaHash ? apiSchemas(launch.apiSchemaHash) : null;
  }

  /** Why a use is not stored, if it is not. One that the database would refuse must not stop those of others. */
  function fault(record: UsageRecord): string | undefined {
    const age = Date.now() - record.hour.getTime();
    if (record.requests <= 0) return 'empty';
    if (age > OLDEST_MS || age < -HOUR_MS) return 'time';
    if (record.document.length > DOCUMENT_LIMIT) return 'size';
    return holdsNul([record, Object.keys(record.inputs ?? {})]) || !preparation.isReadable(record) ? 'text' : undefined;
  }

  /** @throws ReportError when a clock or a unit is wrong, which nobody would notice otherwise */
  function accepted(records: readonly UsageRecord[]): UsageRecord[] {
    const faults = records.map(fault);
    for (const reason of faults) if (reason) dropped.inc({ reason });
    if (records.length > 0 && faults.every((reason) => reason === 'time'))
      throw new ReportError(
        `Nothing in the report is of the last ${OLDEST_MS / (24 * HOUR_MS)} days: its first use is of ${records[0]?.hour.toISOString()}, and here it is ${new Date().toISOString()}. Mind the unit of timestamps and the reporter's clock.`,
      );
    return records.filter((_, index) => faults[index] === undefined);
  }

  async function store(variant: Variant, prepared: readonly PreparedUse[]): Promise<void> {
    const room = OPERATIONS_LIMIT - (await usage.countOperations(variant.id));
    await db.$transaction(async (tx) => {
      const known = await usage.known(tx, variant.id, [...new Set(prepared.map(({ hash }) => hash))]);
      const fresh = new Map<string, NewOperation>();
      for (const { hash, record, precision } of prepared) {
        if (known.has(hash) || fresh.has(hash) || fresh.size >= room) continue;
        fresh.set(hash, {
          id: newId(),
          hash,
          name: (record.operationName ?? '').slice(0, 255),
          document: record.document,
          precision,
        });
      }
      if (fresh.size > 0) {
        const seen = new Set<string>();
        const coordinates = prepared.flatMap(({ hash, coordinates }) => {
          const operation = fresh.get(hash);
          if (!operation || seen.has(hash)) return [];
          seen.add(hash);
          return coordinates.map((use) => ({ operationId: operation.id, ...use }));
        });
        await usage.add(tx, variant.id, [...fresh.values()], coordinates);
      }
      const ids = await usage.known(tx, variant.id, [...new Set(prepared.map(({ hash }) => hash))]);
      const hours: HourSums[] = [];
      const inputs: InputSums[] = [];
      for (const { hash, record, inputs: used } of prepared) {
        const operationId = ids.get(hash);
        if (!operationId) {
          dropped.inc({ reason: 'too many operations' });
          continue;
        }
        const key = {
          operationId,
          hour: record.hour,
          clientName: record.client.name.slice(0, 120),
          clientVersion: record.client.version.slice(0, 60),
        };
        hours.push({ ...key, requests: record.requests, errors: record.errors, durationMs: record.durationMs });
        for (const [coordinate, requests] of Object.entries(used)) inputs.push({ ...key, coordinate, requests });
      }
      const keys = ['operationId', 'hour', 'clientName', 'clientVersion'] as const;
      if (hours.length > 0) await usage.addHours(tx, summed(hours, keys, ['requests', 'errors', 'durationMs']));
      if (inputs.length > 0) await usage.addInputs(tx, summed(inputs, [...keys, 'coordinate'], ['requests']));
      await usage.touch(tx, [...ids.values()], new Date());
    });
  }

  async function ingestNow(ref: GraphRef, records: readonly UsageRecord[]): Promise<void> {
    const variant = await variants.find(ref);
    if (!variant)
      throw new Refusal('NOT_FOUND', `There is no variant "${printGraphRef(ref)}": usage is kept of published ones.`);
    const schema = await schemaOf(variant);
    const prepared = records.map((record) => preparation.prepare(record, schema));
    if (prepared.length > 0) await store(variant, prepared);
    const ids = [...new Set(records.flatMap(({ persistedId }) => persistedId ?? []))];
    if (ids.length > 0) await queries.noteUse(variant.id, ids, new Date());
  }

  const writer = createBatches(ingestNow, WAITING_LIMIT);

  return {
    /**
     * Stores what clients of a variant used. Reports that arrive while others are written are written together, by one
     * connection: many small ones cost little more than a large one, and never keep a publish or a check from the database.
     * @throws Refusal when there is no such variant; ReportError when all of it is of another time; BusyError when too many
     * wait
     */
    async ingest(ref: GraphRef, records: readonly UsageRecord[]): Promise<void> {
      await writer.add(ref, accepted(records));
    },
  };
}

export type UsageService = ReturnType<typeof createUsageService>;
