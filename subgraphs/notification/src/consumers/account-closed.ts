import { handler } from '@community/events/handler';
import { z } from 'zod';
import type { Tx } from '../database.ts';
import type { MemberDataStore } from '../modules/member-data/member-data.store.ts';

const schema = z.object({ accountId: z.uuid(), reason: z.string() });

/** An erasure, which is asked for by an event of its own and answered with a receipt of what there was. */
const ERASURE = 'ERASURE';

/** Nobody signs in to an account any more: what is kept for its member is of no use. */
export function accountClosed(memberData: MemberDataStore) {
  return handler<Tx, typeof schema>({
    schema,
    version: 1,
    mode: 'each',
    async handle(tx, { data }) {
      if (data.reason !== ERASURE) await memberData.erase(tx, data.accountId);
    },
  });
}
