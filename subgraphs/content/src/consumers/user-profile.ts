import { handler } from '@community/events/handler';
import { z } from 'zod';
import type { Tx } from '../database.ts';
import type { MentionStore } from '../modules/mention/mention.store.ts';

const schema = z.object({ userId: z.uuid(), handle: z.string() });

/** A member is new or changed her profile: this is how she is mentioned. */
export function userProfile(mentions: MentionStore) {
  return handler<Tx, typeof schema>({
    schema,
    version: 1,
    mode: 'state',
    handle: (tx, { data }) => mentions.setHandle(tx, data.userId, data.handle),
  });
}
