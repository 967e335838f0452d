import { z } from 'zod';
import type { EventContract, EventDefinitions } from './contract.ts';

/** One event's part of the committed contract. */
export interface DescribedEvent {
  readonly version: number;
  readonly aggregate: string;
  /** JSON Schema (draft 2020-12) of the payload. */
  readonly payload: { properties?: Record<string, unknown>; required?: readonly string[] } & Record<string, unknown>;
}

export type ContractFile = Readonly<Record<string, DescribedEvent>>;

/** The events of a domain as they are committed in `subgraphs/<domain>/events.json`, sorted by name. */
export function describeEvents(contracts: readonly EventContract<EventDefinitions>[]): ContractFile {
  const described = contracts.flatMap(({ definitions }) =>
    Object.entries(definitions).map(([type, { version, aggregate, payload }]): [string, DescribedEvent] => [
      type,
      { version, aggregate, payload: z.toJSONSchema(payload, { io: 'output' }) as DescribedEvent['payload'] },
    ]),
  );
  return Object.fromEntries(described.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * What breaks the promise that within a version fields are only added: an event or a field that is gone, a field of
 * another type, one that is no longer always there.
 * @returns one line per breach
 */
export function findBreaches(before: ContractFile, after: ContractFile): string[] {
  const breaches: string[] = [];
  for (const [type, old] of Object.entries(before)) {
    const now = after[type];
    if (!now) {
      breaches.push(`${type} is gone: consumers still wait for it; keep it until nobody does`);
      continue;
    }
    if (now.version > old.version) continue;
    if (now.version < old.version) breaches.push(`${type} went back from version ${old.version} to ${now.version}`);
    for (const [field, schema] of Object.entries(old.payload.properties ?? {})) {
      const current = now.payload.properties?.[field];
      if (current === undefined) breaches.push(`${type}.${field} is gone: give the event version ${old.version + 1}`);
      else if (JSON.stringify(current) !== JSON.stringify(schema))
        breaches.push(`${type}.${field} has another type: give the event version ${old.version + 1}`);
    }
    for (const field of old.payload.required ?? []) {
      if (!now.payload.required?.includes(field))
        breaches.push(`${type}.${field} may be missing now: give the event version ${old.version + 1}`);
    }
  }
  return breaches;
}
