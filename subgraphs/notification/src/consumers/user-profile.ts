import { handler } from '@community/events/handler';
import { z } from 'zod';
import type { Tx } from '../database.ts';
import type { MemberStore } from '../modules/member/member.store.ts';

const schema = z.object({ userId: z.uuid(), handle: z.string(), language: z.string() });

/** A member is new or changed her profile: she is named by her handle, and written to in the language that she reads. */
export function userProfile(members: MemberStore) {
  return handler<Tx, typeof schema>({
    schema,
    version: 1,
    mode: 'state',
    handle: (tx, { data: { userId, ...profile } }) => members.describe(tx, userId, profile),
  });
}
