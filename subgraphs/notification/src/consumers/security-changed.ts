import { handler } from '@community/events/handler';
import type { Transactions } from '@community/events/sql';
import { addJob } from '@community/jobs/add-job';
import { z } from 'zod';
import type { Tx } from '../database.ts';

const schema = z.object({ accountId: z.uuid(), change: z.string() });

/** Something changed in how a member signs in: she is told by mail. */
export function securityChanged(transactions: Transactions<Tx>) {
  return handler<Tx, typeof schema>({
    schema,
    version: 1,
    mode: 'each',
    handle: (tx, { id, data }) =>
      addJob(transactions.sql(tx), 'security-mail', { ...data, eventId: id }, { key: `security-mail ${id}` }),
  });
}
