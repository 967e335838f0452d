import { handler } from '@community/events/handler';
import type { Transactions } from '@community/events/sql';
import { addJob } from '@community/jobs/add-job';
import { z } from 'zod';
import type { Tx } from '../database.ts';

/** Half an hour of pauses; then the sign-up is told that no mail can be sent. */
const ATTEMPTS = 8;

const schema = z.object({ accountId: z.uuid(), sagaId: z.uuid(), language: z.string() });

/** A sign-up asks for a welcome mail; it is answered when that is sent or cannot be. */
export function welcomeRequested(transactions: Transactions<Tx>) {
  return handler<Tx, typeof schema>({
    schema,
    version: 1,
    mode: 'each',
    handle: (tx, { data }) =>
      addJob(transactions.sql(tx), 'welcome', data, { key: `welcome ${data.sagaId}`, maxAttempts: ATTEMPTS }),
  });
}
