import { handler } from '@community/events/handler';
import { z } from 'zod';
import type { Tx } from '../database.ts';
import type { PrivacyStore } from '../modules/privacy/privacy.store.ts';

const schema = z.object({ userId: z.uuid(), private: z.boolean() });

/** A member shows what she writes to her followers only from now on, or to everybody. */
export function userPrivacyChanged(privacy: PrivacyStore) {
  return handler<Tx, typeof schema>({
    schema,
    version: 1,
    mode: 'state',
    handle: (tx, { data }) => privacy.set(tx, data.userId, data.private),
  });
}
