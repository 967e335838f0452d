import type { GraphQLSchema } from 'graphql';
import type { SchemaChange } from '../../schema-diff/change.ts';
import type { OperationInWindow, UsageStore, Window } from '../usage/usage.store.ts';
import type { Use } from '../usage/usage.ts';
import { type AffectedOperation, changeKey, type JudgedChange, type OperationsTask } from './check.ts';
import type { CheckWindow } from './check-window.ts';
import { faultsOf } from './document-faults.ts';

/** Documents that are validated against the proposed schema, the busiest first. */
const VALIDATED = 1_000;
const OPERATIONS = 20_000;
const NAMED = 3;
/** Changes that no document can become invalid by. */
const HARMLESS = /^(FIELD|TYPE|OPTIONAL_ARG|DIRECTIVE|VALUE)_ADDED|^NULLABLE_FIELD_ADDED|DESCRIPTION_CHANGE$|DEPRECAT/;
/** Changes of which a document's own text decides: one that is still valid is not affected, whatever it names. */
const DECIDED_BY_TEXT: ReadonlySet<string> = new Set([
  'TYPE_REMOVED_FROM_UNION',
  'TYPE_REMOVED_FROM_INTERFACE',
  'TYPE_CHANGED_KIND',
  'TYPE_REMOVED',
  'REQUIRED_ARG_ADDED',
]);

export interface OperationsQuestion {
  readonly before: GraphQLSchema;
  readonly after: GraphQLSchema;
  readonly changes: readonly SchemaChange[];
  readonly window: CheckWindow;
  /** Of the variant, its contracts, and others that the settings name. */
  readonly variantIds: readonly string[];
  /** Who approved a change, by its key. */
  readonly approvals: ReadonlyMap<string, string>;
}

const countOf = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;

function describeAffected(affected: readonly AffectedOperation[]): string {
  const named = affected.slice(0, NAMED).map(({ name, requests, clients, conservative }) => {
    const who = [...new Set(clients.map((client) => client.name || 'an unnamed client'))].slice(0, NAMED).join(', ');
    return `${name || 'an anonymous operation'} by ${who} (${countOf(requests, 'request')}${conservative ? ', judged by its document' : ''})`;
  });
  const others = affected.length - named.length;
  return `${named.join('; ')}${others > 0 ? `; and ${countOf(others, 'other operation')}` : ''}`;
}

function gather(uses: readonly Use[], counted: ReadonlyMap<string, OperationInWindow>): AffectedOperation[] {
  const byOperation = new Map<string, Use[]>();
  for (const use of uses)
    if (counted.has(use.operationId))
      byOperation.set(use.operationId, [...(byOperation.get(use.operationId) ?? []), use]);
  return [...byOperation].map(([id, own]) => {
    const clients = new Map<string, { name: string; version: string; requests: number }>();
    for (const { clientName: name, clientVersion: version, requests } of own) {
      const key = JSON.stringify([name, version]);
      // Two coordinates of one request are one request: the larger count is what is known for sure.
      clients.set(key, { name, version, requests: Math.max(requests, clients.get(key)?.requests ?? 0) });
    }
    return {
      id,
      name: own[0]?.operationName ?? '',
      clients: [...clients.values()],
      requests: [...clients.values()].reduce((sum, { requests }) => sum + requests, 0),
      conservative: own.every(({ conservative }) => conservative),
    };
  });
}

/** Documents that the schema in service answers and the proposed one refuses, whatever the list of changes says. */
function newlyInvalid({ before, after }: OperationsQuestion, operations: readonly OperationInWindow[]) {
  const validated = operations.slice(0, VALIDATED).filter(({ document }) => document !== '');
  const faults = faultsOf(after, validated);
  const refused = validated.filter(({ id }) => faults.has(id));
  const neverServed = faultsOf(before, refused);
  return refused.flatMap((operation) => {
    const fault = faults.get(operation.id);
    return fault && !neverServed.has(operation.id) ? [{ operation, fault }] : [];
  });
}

/**
 * Judges changes by what clients really sent: each asks for the use of the very coordinates that it touches, and every
 * stored document is validated against the proposed schema besides.
 */
export async function checkOperations(usage: UsageStore, question: OperationsQuestion): Promise<OperationsTask> {
  const { changes, window, approvals } = question;
  const traffic: Window = { ...window, variantIds: question.variantIds };
  const [requests, all] = await Promise.all([usage.requestsIn(traffic), usage.operations(traffic, OPERATIONS)]);
  const least = Math.max(window.minRequests, (requests * window.minPercentage) / 100);
  const considered = all.filter((operation) => operation.requests >= least);
  const counted = new Map(considered.map((operation) => [operation.id, operation]));
  const risky = changes.filter(({ impact }) => impact === 'ifUsed');
  const asked = [...new Set(risky.flatMap(({ breaksUsersOf }) => breaksUsersOf))];
  const uses = asked.length > 0 && requests > 0 ? await usage.usesOf(traffic, asked) : [];
  const usesOf = new Map<string, Use[]>();
  for (const use of uses) usesOf.set(use.coordinate, [...(usesOf.get(use.coordinate) ?? []), use]);

  const usersOf = ({ impact, breaksUsersOf }: SchemaChange): AffectedOperation[] =>
    impact === 'ifUsed'
      ? gather(
          breaksUsersOf.flatMap((name) => usesOf.get(name) ?? []),
          counted,
        )
      : [];
  const textOf = new Map(
    considered
      .filter(({ precision, document }) => precision === 'EXACT' && document !== '')
      .map((operation) => [operation.id, operation]),
  );
  const decided = new Map(
    changes
      .filter(({ code }) => DECIDED_BY_TEXT.has(code))
      .flatMap(usersOf)
      .flatMap(({ id }) => textOf.get(id) ?? [])
      .map((operation) => [operation.id, operation]),
  );
  const faults = faultsOf(question.after, decided.values());
  const isStillValid = ({ id }: AffectedOperation): boolean => decided.has(id) && !faults.has(id);

  const quiet = requests === 0 ? 'no traffic was recorded yet' : 'no client used it in this time';
  const judged = changes.map((change): JudgedChange => {
    const { impact, ...told } = change;
    const users = usersOf(change);
    const affected = DECIDED_BY_TEXT.has(change.code) ? users.filter((user) => !isStillValid(user)) : users;
    const approvedBy = affected.length > 0 ? (approvals.get(changeKey(change)) ?? null) : null;
    const consequence =
      affected.length > 0
        ? `: breaks ${describeAffected(affected)}${approvedBy ? `; approved by ${approvedBy}` : ''}`
        : impact === 'ifUsed'
          ? ` (${quiet})`
          : '';
    return {
      ...told,
      description: `${change.description}${consequence}`,
      severity: affected.length > 0 && !approvedBy ? 'FAILURE' : 'NOTICE',
      affected,
      approvedBy,
    };
  });

  const told = new Set(judged.flatMap(({ affected }) => affected.map(({ id }) => id)));
  const mayInvalidate = changes.some(({ code }) => !HARMLESS.test(code));
  const untold = considered.filter(({ id }) => !told.has(id));
  for (const { operation, fault } of mayInvalidate ? newlyInvalid(question, untold) : []) {
    const key = { code: 'OPERATION_INVALID', coordinate: operation.name || operation.id };
    const approvedBy = approvals.get(changeKey(key)) ?? null;
    judged.push({
      ...key,
      description: `operation ${operation.name || operation.id} (${countOf(operation.requests, 'request')}) would be refused: ${fault.message}${approvedBy ? `; approved by ${approvedBy}` : ''}`,
      severity: approvedBy ? 'NOTICE' : 'FAILURE',
      breaksUsersOf: [],
      aboutInput: false,
      affected: [
        { id: operation.id, name: operation.name, requests: operation.requests, clients: [], conservative: false },
      ],
      approvedBy,
    });
  }

  const notes = [
    ...(requests === 0 ? ['No traffic was recorded in this time, so no change can be seen to break a client.'] : []),
    ...(risky.some(({ aboutInput }) => aboutInput) && considered.some(({ precision }) => precision === 'FIELDS')
      ? [
          'Some traffic was reported without its inputs: its documents were judged instead, and may be affected less than is told.',
        ]
      : []),
    ...(untold.length > VALIDATED && mayInvalidate
      ? [
          `Of ${untold.length} documents that no change above names, the ${VALIDATED} busiest were validated against the proposed schema.`,
        ]
      : []),
  ];
  // Failures first: a list of hundreds of notices hides them otherwise.
  const order = { FAILURE: 0, NOTICE: 1 };
  judged.sort((a, b) => order[a.severity] - order[b.severity]);
  return {
    status: judged.some(({ severity }) => severity === 'FAILURE') ? 'FAILED' : 'PASSED',
    changes: judged,
    checkedOperations: considered.length,
    requests,
    from: window.from.toISOString(),
    to: window.to.toISOString(),
    notes,
  };
}
