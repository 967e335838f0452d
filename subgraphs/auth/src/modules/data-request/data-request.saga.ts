import { emit } from '@community/events/outbox';
import type { Transactions } from '@community/events/sql';
import { memberDataRequests } from '@community/kit/member-data';
import type { SagaDefinition, StepDefinition } from '@community/saga/saga';
import { z } from 'zod';
import type { Tx } from '../../database.ts';
import type { AccountClosing } from '../account/account.closing.ts';

export const EXPORT = 'member_export';
export const ERASURE = 'member_erasure';
/** The step of an erasure that is done by waiting; until then it can be cancelled. */
export const DELAY = 'delay';

/**
 * The domains that hold something of a member. A domain that implements `memberData` is added here; auth comes last, as
 * with its part the member's account ends.
 */
export const DOMAINS = ['user', 'content', 'chat', 'notification', 'auth'] as const;

/** An export without a domain that was silent for so long is delivered without it, and says so. */
const EXPORT_WAITS_MS = 3 * 86_400_000;

export const erasureData = z.object({ dueAt: z.iso.datetime(), receiptHash: z.string() });

/** Export and erasure of a member: each domain is asked, and answers with a receipt. */
export function dataRequestSagas({
  transactions,
  close,
}: {
  transactions: Transactions<Tx>;
  close: AccountClosing;
}): SagaDefinition<Tx>[] {
  /** Asks one domain. */
  const asking = (
    type: 'member_data.export_requested' | 'member_data.erasure_requested',
    domain: string,
  ): NonNullable<StepDefinition<Tx>['ask']> =>
    async function ask(tx, saga, attempt) {
      // From here on she writes nothing that would be left behind.
      if (type === 'member_data.erasure_requested') await close(tx, saga.subject, 'ERASURE');
      await emit(transactions.sql(tx), memberDataRequests, {
        type,
        aggregateId: saga.id,
        aggregateVersion: attempt,
        payload: { requestId: saga.id, memberId: saga.subject, domains: [domain] },
      });
    };
  const others = DOMAINS.filter((domain) => domain !== 'auth');

  return [
    {
      kind: EXPORT,
      steps: () =>
        DOMAINS.map((domain) => ({
          name: domain,
          optional: true,
          givenUpAfterMs: EXPORT_WAITS_MS,
          ask: asking('member_data.export_requested', domain),
        })),
    },
    {
      kind: ERASURE,
      steps: () => [
        { name: DELAY, dueAt: ({ data }) => new Date(erasureData.parse(data).dueAt) },
        ...DOMAINS.map((domain) => ({
          name: domain,
          after: domain === 'auth' ? others : [DELAY],
          ask: asking('member_data.erasure_requested', domain),
        })),
      ],
    },
  ];
}
