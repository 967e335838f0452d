import type { Db, Tx } from '../../database.ts';
import type { Use } from './usage.ts';

export interface NewOperation {
  readonly id: string;
  readonly hash: string;
  readonly name: string;
  readonly document: string;
  readonly precision: 'EXACT' | 'FIELDS';
}

interface Sums {
  readonly operationId: string;
  readonly hour: Date;
  readonly clientName: string;
  readonly clientVersion: string;
}
export interface HourSums extends Sums {
  readonly requests: number;
  readonly errors: number;
  readonly durationMs: number;
}
export interface InputSums extends Sums {
  readonly coordinate: string;
  readonly requests: number;
}

/** A part of the recorded traffic: a time, without those left out. */
export interface Window {
  readonly variantIds: readonly string[];
  readonly from: Date;
  readonly to: Date;
  readonly excludedClients: readonly string[];
  readonly excludedOperations: readonly string[];
}

export interface OperationInWindow {
  readonly id: string;
  readonly name: string;
  readonly document: string;
  readonly precision: 'EXACT' | 'FIELDS';
  readonly requests: number;
}

const column = <Row, Key extends keyof Row>(rows: readonly Row[], key: Key): Row[Key][] => rows.map((row) => row[key]);

export function createUsageStore(db: Db) {
  return {
    countOperations: (variantId: string): Promise<number> => db.operation.count({ where: { variantId } }),
    /** Ids by hash of those that are known. */
    async known(tx: Tx, variantId: string, hashes: readonly string[]): Promise<Map<string, string>> {
      const rows = await tx.operation.findMany({
        where: { variantId, hash: { in: [...hashes] } },
        select: { id: true, hash: true },
      });
      return new Map(rows.map(({ id, hash }) => [hash, id]));
    },
    /** Stores documents that were not known, with what each uses by its text. Of two writers at once, one wins. */
    async add(
      tx: Tx,
      variantId: string,
      operations: readonly NewOperation[],
      coordinates: readonly { operationId: string; coordinate: string; conservative: boolean }[],
    ): Promise<void> {
      await tx.operation.createMany({
        data: operations.map((operation) => ({ ...operation, variantId })),
        skipDuplicates: true,
      });
      const kept = new Set(
        (await tx.operation.findMany({ where: { id: { in: column(operations, 'id') } }, select: { id: true } })).map(
          ({ id }) => id,
        ),
      );
      await tx.operationCoordinate.createMany({
        data: coordinates.filter(({ operationId }) => kept.has(operationId)),
        skipDuplicates: true,
      });
    },
    async touch(tx: Tx, ids: readonly string[], at: Date): Promise<void> {
      await tx.operation.updateMany({ where: { id: { in: [...ids] } }, data: { lastSeenAt: at } });
    },
    async addHours(tx: Tx, rows: readonly HourSums[]): Promise<void> {
      await tx.$executeRaw`
        INSERT INTO usage_hour (operation_id, hour, client_name, client_version, requests, errors, duration_ms)
        SELECT * FROM unnest(
          ${column(rows, 'operationId')}::uuid[], ${column(rows, 'hour')}::timestamptz[], ${column(rows, 'clientName')}::text[],
          ${column(rows, 'clientVersion')}::text[], ${column(rows, 'requests')}::bigint[], ${column(rows, 'errors')}::bigint[],
          ${column(rows, 'durationMs')}::float8[])
        ON CONFLICT (operation_id, hour, client_name, client_version) DO UPDATE SET
          requests = usage_hour.requests + excluded.requests,
          errors = usage_hour.errors + excluded.errors,
          duration_ms = usage_hour.duration_ms + excluded.duration_ms`;
    },
    async addInputs(tx: Tx, rows: readonly InputSums[]): Promise<void> {
      await tx.$executeRaw`
        INSERT INTO usage_input_hour (operation_id, hour, client_name, client_version, coordinate, requests)
        SELECT * FROM unnest(
          ${column(rows, 'operationId')}::uuid[], ${column(rows, 'hour')}::timestamptz[], ${column(rows, 'clientName')}::text[],
          ${column(rows, 'clientVersion')}::text[], ${column(rows, 'coordinate')}::text[], ${column(rows, 'requests')}::bigint[])
        ON CONFLICT (operation_id, hour, client_name, client_version, coordinate) DO UPDATE SET
          requests = usage_input_hour.requests + excluded.requests`;
    },
    /** The documents that were sent, the busiest first. */
    async operations(window: Window, limit: number): Promise<OperationInWindow[]> {
      return db.$queryRaw<OperationInWindow[]>`
        SELECT o.id, o.name, o.document, o.precision::text AS precision, sum(h.requests)::float8 AS requests
        FROM operation o JOIN usage_hour h ON h.operation_id = o.id
        WHERE o.variant_id = ANY(${[...window.variantIds]}::uuid[])
          AND h.hour >= date_trunc('hour', ${window.from}::timestamptz) AND h.hour <= ${window.to}
          AND h.client_name <> ALL(${[...window.excludedClients]}::text[])
          AND o.name <> ALL(${[...window.excludedOperations]}::text[])
        GROUP BY o.id ORDER BY requests DESC, o.id LIMIT ${limit}`;
    },
    /** Who used one of these coordinates, by document and client, with the number of requests. */
    async usesOf(window: Window, coordinates: readonly string[]): Promise<Use[]> {
      const names = [...coordinates];
      return db.$queryRaw<Use[]>`
        SELECT o.id AS "operationId", o.name AS "operationName", u.coordinate, u.conservative,
          u.client_name AS "clientName", u.client_version AS "clientVersion", sum(u.requests)::float8 AS requests
        FROM (
          SELECT c.operation_id, c.coordinate, c.conservative, h.client_name, h.client_version, h.hour, h.requests
          FROM operation_coordinate c JOIN usage_hour h USING (operation_id)
          WHERE c.coordinate = ANY(${names}::text[])
          UNION ALL
          SELECT operation_id, coordinate, false, client_name, client_version, hour, requests
          FROM usage_input_hour WHERE coordinate = ANY(${names}::text[])
        ) u JOIN operation o ON o.id = u.operation_id
        WHERE o.variant_id = ANY(${[...window.variantIds]}::uuid[])
          AND u.hour >= date_trunc('hour', ${window.from}::timestamptz) AND u.hour <= ${window.to}
          AND u.client_name <> ALL(${[...window.excludedClients]}::text[])
          AND o.name <> ALL(${[...window.excludedOperations]}::text[])
        GROUP BY o.id, u.coordinate, u.conservative, u.client_name, u.client_version
        ORDER BY requests DESC, o.name, u.client_name, u.client_version`;
    },
    async requestsIn(window: Window): Promise<number> {
      const [row] = await db.$queryRaw<{ requests: number | null }[]>`
        SELECT sum(h.requests)::float8 AS requests FROM usage_hour h JOIN operation o ON o.id = h.operation_id
        WHERE o.variant_id = ANY(${[...window.variantIds]}::uuid[])
          AND h.hour >= date_trunc('hour', ${window.from}::timestamptz) AND h.hour <= ${window.to}
          AND h.client_name <> ALL(${[...window.excludedClients]}::text[])
          AND o.name <> ALL(${[...window.excludedOperations]}::text[])`;
      return row?.requests ?? 0;
    },
    /** Every coordinate that was used, with the number of requests; conservative ones apart. */
    async coordinateCounts(window: Window): Promise<{ coordinate: string; conservative: boolean; requests: number }[]> {
      return db.$queryRaw`
        SELECT coordinate, conservative, sum(requests)::float8 AS requests FROM (
          SELECT c.coordinate, c.conservative, h.requests, c.operation_id, h.hour
          FROM operation_coordinate c JOIN usage_hour h USING (operation_id)
          UNION ALL
          SELECT coordinate, false, requests, operation_id, hour FROM usage_input_hour
        ) u JOIN operation o ON o.id = u.operation_id
        WHERE o.variant_id = ANY(${[...window.variantIds]}::uuid[])
          AND u.hour >= date_trunc('hour', ${window.from}::timestamptz) AND u.hour <= ${window.to}
        GROUP BY coordinate, conservative`;
    },
    /** Documents by client, the busiest first. */
    async byClient(
      window: Window,
      limit: number,
    ): Promise<
      {
        operationId: string;
        name: string;
        document: string;
        clientName: string;
        clientVersion: string;
        requests: number;
        errors: number;
        durationMs: number;
      }[]
    > {
      return db.$queryRaw`
        SELECT o.id AS "operationId", o.name, o.document, h.client_name AS "clientName", h.client_version AS "clientVersion",
          sum(h.requests)::float8 AS requests, sum(h.errors)::float8 AS errors, sum(h.duration_ms)::float8 AS "durationMs"
        FROM operation o JOIN usage_hour h ON h.operation_id = o.id
        WHERE o.variant_id = ANY(${[...window.variantIds]}::uuid[])
          AND h.hour >= date_trunc('hour', ${window.from}::timestamptz) AND h.hour <= ${window.to}
        GROUP BY o.id, h.client_name, h.client_version ORDER BY requests DESC, o.name LIMIT ${limit}`;
    },
    operationById: (variantId: string, id: string) => db.operation.findFirst({ where: { id, variantId } }),
    async coordinatesOf(operationId: string): Promise<{ coordinate: string; conservative: boolean }[]> {
      return db.operationCoordinate.findMany({
        where: { operationId },
        select: { coordinate: true, conservative: true },
        orderBy: { coordinate: 'asc' },
      });
    },
    /** Deletes what was seen before a time, and documents that have not been sent since. @returns rows deleted */
    async forget(before: Date): Promise<number> {
      const hours = await db.usageHour.deleteMany({ where: { hour: { lt: before } } });
      const inputs = await db.usageInputHour.deleteMany({ where: { hour: { lt: before } } });
      const operations = await db.operation.deleteMany({ where: { lastSeenAt: { lt: before }, hours: { none: {} } } });
      return hours.count + inputs.count + operations.count;
    },
  };
}

export type UsageStore = ReturnType<typeof createUsageStore>;
