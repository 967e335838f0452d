import { handler } from '@community/events/handler';
import type { Sagas } from '@community/saga/sagas';
import { z } from 'zod';
import type { Tx } from '../database.ts';

const schema = z.object({
  requestId: z.uuid(),
  domain: z.string(),
  items: z.record(z.string(), z.number()),
  at: z.iso.datetime(),
});

/** A domain has done its part of an export or an erasure. */
export function memberDataReceipt(sagas: Sagas<Tx>) {
  return handler<Tx, typeof schema>({
    schema,
    version: 1,
    mode: 'each',
    handle: (tx, { data: { requestId, domain, items, at } }) =>
      sagas.answer(tx, requestId, domain, { done: true, result: { items, at } }),
  });
}
