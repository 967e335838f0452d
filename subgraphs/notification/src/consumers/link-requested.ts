import { handler } from '@community/events/handler';
import type { Transactions } from '@community/events/sql';
import { addJob } from '@community/jobs/add-job';
import { z } from 'zod';
import type { Tx } from '../database.ts';
import type { LinkMail } from '../modules/mail/link-mail.task.ts';

/** A day of pauses; the link is of no use for longer. */
const ATTEMPTS = 12;

/** A member is to be sent a link that auth makes. */
export function linkRequested(transactions: Transactions<Tx>, { task, id }: Pick<LinkMail, 'task' | 'id'>) {
  const schema = z.looseObject({ accountId: z.uuid(), [id]: z.uuid() });
  return handler<Tx, typeof schema>({
    schema,
    version: 1,
    mode: 'each',
    handle: (tx, { data }) =>
      addJob(
        transactions.sql(tx),
        task,
        { accountId: data.accountId, requestId: data[id] },
        { key: `${task} ${data[id]}`, maxAttempts: ATTEMPTS },
      ),
  });
}
