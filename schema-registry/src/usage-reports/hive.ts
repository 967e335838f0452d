import { z } from 'zod';
import { hourOf, isName, quoted, ReportError, type ReportedOperation, type Totals } from './reported-operation.ts';

const MAX_OPERATIONS = 10_000;
const MAX_COORDINATES = 10_000;
const MAX_TIME_MS = 8.64e15;
/** The senders count in 64 bits. */
const MAX_DURATION_NS = 2 ** 64;

const metadata = z
  .object({ client: z.object({ name: z.string().nullish(), version: z.string().nullish() }).nullish() })
  .nullish();

const request = z.object({
  operationMapKey: z.string(),
  timestamp: z.number().min(0).max(MAX_TIME_MS),
  execution: z.object({
    ok: z.boolean(),
    duration: z.number().min(0).max(MAX_DURATION_NS),
    errorsTotal: z.number().min(0),
  }),
  metadata,
  persistedDocumentHash: z.string().nullish(),
});

const reportShape = z.object({
  map: z.record(
    z.string(),
    z.object({
      operationName: z.string().nullish(),
      operation: z.string(),
      fields: z.array(z.string()).max(MAX_COORDINATES),
    }),
  ),
  operations: z.array(request).nullish(),
  // A subscription is reported when it starts: there is neither a duration nor an outcome yet.
  subscriptionOperations: z.array(request.omit({ execution: true })).nullish(),
});

type HiveReport = z.infer<typeof reportShape>;
type Execution = z.infer<typeof request>['execution'];

/** The names of scalars that every schema has; our coordinates leave them out. */
const BUILT_IN_SCALARS = new Set(['Boolean', 'Float', 'ID', 'Int', 'String']);

/**
 * Decodes a usage report (version 2, JSON) as Hive Router and Hive's other clients send it: one ReportedOperation for
 * each operation, client and hour.
 *
 * @throws ReportError when the body does not have that shape
 */
export function decodeHiveReport(body: unknown): { operations: ReportedOperation[] } {
  const report = parse(body);
  const documents = new Map(Object.entries(report.map));
  const coordinates = new Map([...documents].map(([key, { fields }]) => [key, coordinatesOf(key, fields)]));
  const groups = new Map<string, ReportedOperation & Totals>();
  for (const { where, execution, ...reported } of requestsOf(report)) {
    const key = reported.operationMapKey;
    const document = documents.get(key);
    if (!document) throw new ReportError(`${where}.operationMapKey: ${quoted(key)} has no entry in map.`);
    const client = { name: reported.metadata?.client?.name ?? '', version: reported.metadata?.client?.version ?? '' };
    const hour = hourOf(reported.timestamp);
    const groupKey = JSON.stringify([key, client.name, client.version, hour.getTime()]);
    const group = groups.get(groupKey) ?? {
      document: document.operation,
      operationName: document.operationName || null,
      precision: 'mixed',
      coordinates: coordinates.get(key) ?? [],
      client,
      hour,
      requests: 0,
      errors: 0,
      durationMs: 0,
    };
    group.requests += 1;
    group.errors += !execution.ok || execution.errorsTotal > 0 ? 1 : 0;
    group.durationMs += execution.duration / 1e6;
    const persistedId = group.persistedId ?? (reported.persistedDocumentHash || undefined);
    groups.set(groupKey, persistedId ? Object.assign(group, { persistedId }) : group);
  }
  return { operations: [...groups.values()] };
}

function parse(body: unknown): HiveReport {
  // Before validation, so that a flood is refused without looking at each operation.
  const count = Math.max(
    lengthOf(body, 'operations') + lengthOf(body, 'subscriptionOperations'),
    lengthOf(body, 'map'),
  );
  if (count > MAX_OPERATIONS) {
    throw new ReportError(`The report has ${count} operations; at most ${MAX_OPERATIONS} are accepted at once.`);
  }
  const parsed = reportShape.safeParse(body);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.slice(0, 3).map(({ path, message }) => `${pathOf(path)}: ${message}`);
  throw new ReportError(`The body is not a Hive usage report: ${problems.join('; ')}.`);
}

function lengthOf(body: unknown, key: string): number {
  if (typeof body !== 'object' || body === null || !Object.hasOwn(body, key)) return 0;
  const value: unknown = Reflect.get(body, key);
  if (Array.isArray(value)) return value.length;
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 0;
}

function pathOf(path: readonly PropertyKey[]): string {
  return path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('') || 'the report';
}

type Reported = Omit<z.infer<typeof request>, 'execution'> & { readonly where: string; readonly execution: Execution };

function requestsOf(report: HiveReport): Reported[] {
  const started: Execution = { ok: true, duration: 0, errorsTotal: 0 };
  return [
    ...(report.operations ?? []).map((operation, index) => ({ ...operation, where: `operations[${index}]` })),
    ...(report.subscriptionOperations ?? []).map((operation, index) => ({
      ...operation,
      execution: started,
      where: `subscriptionOperations[${index}]`,
    })),
  ];
}

/** `Query.posts.first!` is `Query.posts(first:)`; the `!` says that a value other than null was given. */
function coordinatesOf(key: string, fields: readonly string[]): string[] {
  const coordinates = new Set<string>();
  for (const [index, field] of fields.entries()) {
    const parts = field.replace(/!$/, '').split('.');
    const [type = '', member, arg] = parts;
    if (parts.length > 3 || !parts.every(isName)) {
      throw new ReportError(`map[${quoted(key)}].fields[${index}]: ${quoted(field)} is not a schema coordinate.`);
    }
    if (parts.some((part) => part.startsWith('__')) || (!member && BUILT_IN_SCALARS.has(type))) continue;
    if (arg) coordinates.add(`${type}.${member}(${arg}:)`);
    else coordinates.add(member ? `${type}.${member}` : type);
  }
  return [...coordinates].sort();
}
