import { handler } from '@community/events/handler';
import type { Sagas } from '@community/saga/sagas';
import { z } from 'zod';
import type { Tx } from '../database.ts';

const account = z.object({ accountId: z.uuid() });
const user = z.object({ userId: z.uuid() });
const refusedUser = z.object({ userId: z.uuid(), reason: z.string() });
const welcome = z.object({ sagaId: z.uuid() });
const refusedWelcome = z.object({ sagaId: z.uuid(), reason: z.string().optional() });

/** The answers of other domains to the steps of a sign-up, whose saga has the account's id. */
export function signUpAnswers(sagas: Sagas<Tx>) {
  const profileIsThere = handler<Tx, typeof user>({
    schema: user,
    version: 1,
    mode: 'each',
    handle: (tx, { data }) => sagas.answer(tx, data.userId, 'profile', { done: true }),
  });
  return {
    // Our own event, read from the log: there it is, for analytics to count.
    'account.created': handler<Tx, typeof account>({
      schema: account,
      version: 1,
      mode: 'each',
      handle: (tx, { data }) => sagas.answer(tx, data.accountId, 'analytics', { done: true }),
    }),
    'user.created': profileIsThere,
    'user.confirmed': profileIsThere,
    'user.refused': handler<Tx, typeof refusedUser>({
      schema: refusedUser,
      version: 1,
      mode: 'each',
      handle: (tx, { data }) => sagas.answer(tx, data.userId, 'profile', { refused: data.reason }),
    }),
    'welcome.sent': handler<Tx, typeof welcome>({
      schema: welcome,
      version: 1,
      mode: 'each',
      handle: (tx, { data }) => sagas.answer(tx, data.sagaId, 'welcome', { done: true }),
    }),
    'welcome.refused': handler<Tx, typeof refusedWelcome>({
      schema: refusedWelcome,
      version: 1,
      mode: 'each',
      handle: (tx, { data }) => sagas.answer(tx, data.sagaId, 'welcome', { refused: data.reason ?? 'REFUSED' }),
    }),
  };
}
