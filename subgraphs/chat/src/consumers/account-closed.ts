import { handler } from '@community/events/handler';
import { z } from 'zod';
import type { Tx } from '../database.ts';
import type { KnownMemberStore } from '../modules/known-member/known-member.store.ts';

const schema = z.object({ accountId: z.uuid() });

/** Nobody signs in to an account any more: it cannot be asked into rooms. */
export function accountClosed(known: KnownMemberStore) {
  return handler<Tx, typeof schema>({
    schema,
    version: 1,
    mode: 'each',
    handleAll: (tx, events) =>
      known.remove(
        tx,
        events.map(({ data }) => data.accountId),
      ),
  });
}
