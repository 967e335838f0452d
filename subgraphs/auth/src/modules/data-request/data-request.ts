import type { Saga } from '@community/saga/saga';
import { z } from 'zod';
import { DELAY, ERASURE, erasureData } from './data-request.saga.ts';

/** What a domain answered. */
export interface DataReceipt {
  readonly domain: string;
  readonly items: readonly { readonly name: string; readonly count: number }[];
  readonly at: Date;
}

/** A request about a member's data, as she sees it. */
export interface DataRequest {
  readonly id: string;
  readonly kind: 'EXPORT' | 'ERASURE';
  readonly state: 'WAITING' | 'RUNNING' | 'DONE' | 'CANCELLED';
  readonly requestedAt: Date;
  /** When an erasure begins; null for exports. */
  readonly dueAt: Date | null;
  readonly receipts: readonly DataReceipt[];
  /** Domains that have not answered, or not in time. */
  readonly missing: readonly string[];
}

const receipt = z.object({ items: z.record(z.string(), z.number()), at: z.coerce.date() });

export function toDataRequest(saga: Saga): DataRequest {
  const erasure = saga.kind === ERASURE;
  const domains = saga.steps.filter(({ name }) => name !== DELAY);
  const waits = saga.steps.some(({ name, state }) => name === DELAY && state === 'PENDING');
  const state = saga.state === 'RUNNING' ? (waits ? 'WAITING' : 'RUNNING') : saga.state;
  return {
    id: saga.id,
    kind: erasure ? 'ERASURE' : 'EXPORT',
    state: state === 'COMPENSATED' ? 'CANCELLED' : state,
    requestedAt: saga.createdAt,
    dueAt: erasure ? new Date(erasureData.parse(saga.data).dueAt) : null,
    receipts: domains.flatMap(({ name, result }) => {
      const { data } = receipt.safeParse(result);
      if (!data) return [];
      const items = Object.entries(data.items).map(([item, count]) => ({ name: item, count }));
      return [{ domain: name, items, at: data.at }];
    }),
    missing: state === 'CANCELLED' ? [] : domains.flatMap((step) => (step.state === 'DONE' ? [] : [step.name])),
  };
}
