import { emit } from '@community/events/outbox';
import type { Transactions } from '@community/events/sql';
import type { Task } from '@community/jobs/task';
import { z } from 'zod';
import type { Tx } from '../../database.ts';
import type { MemberStore } from '../member/member.store.ts';
import type { AnsweredStore } from './answered.store.ts';
import { welcomeLetter } from './letters.ts';
import type { Delivery, Postman } from './postman.ts';
import { languageOf } from './sentence.ts';
import { welcomeEvents } from './welcome.events.ts';

const payload = z.object({ accountId: z.uuid(), sagaId: z.uuid(), language: z.string() });

/** Sends the welcome mail that a sign-up asked for, and answers once with how that ended. */
export function welcomeTask(tools: {
  transactions: Transactions<Tx>;
  members: MemberStore;
  answered: AnsweredStore;
  postman: Postman;
  publicUrl: string;
}): Task {
  const { transactions, answered } = tools;

  async function answer(sagaId: string, accountId: string, delivery: Delivery | 'NOT_SENT'): Promise<void> {
    await transactions.run(async (tx) => {
      if (!(await answered.add(tx, sagaId))) return;
      const facts = { accountId, sagaId };
      await emit(transactions.sql(tx), welcomeEvents, {
        ...(delivery === 'SENT'
          ? { type: 'welcome.sent', payload: facts }
          : { type: 'welcome.refused', payload: { ...facts, reason: delivery } }),
        aggregateId: sagaId,
        aggregateVersion: 1,
      });
    });
  }

  return async (given, job) => {
    const { accountId, sagaId, language } = payload.parse(given);
    // It may be asked for again; one saga is one mail.
    if (await answered.has(sagaId)) return;
    const [member] = await tools.members.byIds([accountId]);
    const letter = welcomeLetter(languageOf(language), { handle: member?.handle ?? null, url: tools.publicUrl });
    try {
      const delivery = await tools.postman.send(accountId, `welcome-${sagaId}`, letter, { unverified: true });
      await answer(sagaId, accountId, delivery);
    } catch (error) {
      if (job.attempt < job.maxAttempts) throw error;
      await answer(sagaId, accountId, 'NOT_SENT');
    }
  };
}
