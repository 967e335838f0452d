import { handler } from '@community/events/handler';
import { z } from 'zod';
import type { Tx } from '../database.ts';
import type { KnownMemberStore } from '../modules/known-member/known-member.store.ts';

const schema = z.object({ accountId: z.uuid() });

/** Somebody signed up: from now on she can be asked into rooms. */
export function accountCreated(known: KnownMemberStore) {
  return handler<Tx, typeof schema>({
    schema,
    version: 1,
    mode: 'each',
    handleAll: (tx, events) =>
      known.add(
        tx,
        events.map(({ data }) => data.accountId),
      ),
  });
}
