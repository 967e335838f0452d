import { handler } from '@community/events/consumer';
import type { Transactions } from '@community/events/sql';
import { addJob } from '@community/jobs/add-job';
import { z } from 'zod';
import type { Tx } from '../database.ts';

/** A day of pauses; the link is of no use for longer. */
const ATTEMPTS = 12;

const schema = z.object({ accountId: z.uuid(), verificationId: z.uuid() });

/** A member is asked to prove that an address is hers. */
export function verificationRequested(transactions: Transactions<Tx>) {
  return handler<Tx, typeof schema>({
    schema,
    version: 1,
    mode: 'each',
    handle: (tx, { data }) =>
      addJob(transactions.sql(tx), 'verification', data, {
        key: `verification ${data.verificationId}`,
        maxAttempts: ATTEMPTS,
      }),
  });
}
