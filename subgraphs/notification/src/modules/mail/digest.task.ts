import type { Transactions } from '@community/events/sql';
import { addJob } from '@community/jobs/add-job';
import type { Task } from '@community/jobs/task';
import { z } from 'zod';
import type { Tx } from '../../database.ts';
import { nextDigest } from '../preference/digest-time.ts';
import type { PreferenceStore } from '../preference/preference.store.ts';
import type { UnsubscribeLinks } from '../unsubscribe/unsubscribe-link.ts';
import { digestLetter } from './letters.ts';
import type { Narrator } from './narrator.ts';
import type { Postman } from './postman.ts';

const AT_ONCE = 100;
const LINES = 10;

const payload = z.object({ memberId: z.uuid(), period: z.iso.datetime() });

/**
 * Starts the digests that are due. A member's next one is set in the transaction that starts this one, so that a period
 * has one digest, however often and on however many instances this is done.
 */
export function digestsDueTask({
  transactions,
  preferences,
}: {
  transactions: Transactions<Tx>;
  preferences: PreferenceStore;
}): Task {
  const startSome = () =>
    transactions.run(async (tx) => {
      const due = await preferences.lockDigestsDue(tx, new Date(), AT_ONCE);
      for (const { memberId, dueAt, ...wish } of due) {
        const period = dueAt.toISOString();
        await addJob(transactions.sql(tx), 'digest', { memberId, period }, { key: `digest ${memberId} ${period}` });
        await preferences.setNextDigest(tx, memberId, nextDigest(wish, new Date()));
      }
      return due.length;
    });
  return async () => {
    while ((await startSome()) === AT_ONCE);
  };
}

/** Sends a member one digest of what she has not read; none when there is nothing, or she wants none any more. */
export function digestTask(tools: {
  narrator: Narrator;
  postman: Postman;
  preferences: PreferenceStore;
  unsubscribeLinks: UnsubscribeLinks;
  publicUrl: string;
}): Task {
  return async (given) => {
    const { memberId, period } = payload.parse(given);
    if ((await tools.preferences.of(memberId)).digest === 'OFF') return;
    const { language, count, lines } = await tools.narrator.unread(memberId, LINES);
    if (count === 0) return;
    const stopUrl = tools.unsubscribeLinks.write({ memberId, topic: 'DIGEST' });
    const letter = digestLetter(language, { count, lines, url: tools.publicUrl, stopUrl });
    await tools.postman.send(memberId, `digest-${memberId}-${Date.parse(period)}`, letter);
  };
}
