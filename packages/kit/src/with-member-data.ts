import { type EventHandler, handler } from '@community/events/handler';
import { emit } from '@community/events/outbox';
import { addJob } from '@community/jobs/add-job';
import { z } from 'zod';
import type { RequestContext } from './context.ts';
import type { Domain } from './domain.ts';
import { type HttpAnswer, json } from './http.ts';
import {
  dropExportsOf,
  dropPagesFrom,
  findAnswer,
  readExport,
  saveAnswer,
  savePage,
  sweepExports,
} from './member-data.store.ts';
import { type ItemCounts, type MemberData, memberDataRequest } from './member-data.ts';

const TASK = 'member_data';
const SWEEP = 'member_data.sweep';

const job = z.object({ requestId: z.uuid(), memberId: z.uuid(), kind: z.enum(['EXPORT', 'ERASURE']) });
const exportRequest = z.object({ requestId: z.uuid() });

type Request = z.infer<typeof job>;

/**
 * A domain that also answers requests about a member's data: auth asks by an event, a job does the work, a receipt says
 * what was done. The work is done once, and a request that comes again is given the same receipt again.
 */
export function withMemberData<Context extends RequestContext, Tx>(
  name: string,
  domain: Domain<Context, Tx>,
): Domain<Context, Tx> {
  const { memberData } = domain;
  if (!memberData) return domain;
  return {
    ...domain,
    consumes: {
      topics: [...new Set([...(domain.consumes?.topics ?? []), 'auth'])],
      handlers: {
        ...domain.consumes?.handlers,
        'member_data.export_requested': requestHandler(name, domain, 'EXPORT'),
        'member_data.erasure_requested': requestHandler(name, domain, 'ERASURE'),
      },
    },
    jobs: {
      tasks: {
        ...domain.jobs?.tasks,
        [TASK]: (payload) => answer(name, domain, memberData, job.parse(payload)),
        [SWEEP]: () => domain.transactions.run((tx) => sweepExports(domain.transactions.sql(tx))),
      },
      cron: { ...domain.jobs?.cron, [SWEEP]: '17 * * * *' },
    },
    internal: { ...domain.internal, 'member-data': (body) => exported(domain, body) },
  };
}

type Transactional<Tx> = Pick<Domain<RequestContext, Tx>, 'transactions'>;

function requestHandler<Tx>(
  name: string,
  { transactions }: Transactional<Tx>,
  kind: Request['kind'],
): EventHandler<Tx> {
  return handler<Tx, typeof memberDataRequest>({
    schema: memberDataRequest,
    version: 1,
    mode: 'each',
    async handle(tx, { data: { requestId, memberId, domains } }) {
      if (!domains.includes(name)) return;
      // One after the other: a request that is asked for again finds the first one done.
      const options = { key: `${TASK}:${requestId}`, queue: TASK };
      await addJob(transactions.sql(tx), TASK, { requestId, memberId, kind }, options);
    },
  });
}

async function answer<Tx>(
  name: string,
  { transactions }: Transactional<Tx>,
  memberData: MemberData<Tx>,
  request: Request,
): Promise<void> {
  const known = await transactions.run((tx) => findAnswer(transactions.sql(tx), request.requestId));
  const items = known || request.kind === 'ERASURE' ? null : await exportAll(transactions, memberData, request);
  await transactions.run(async (tx) => {
    const sql = transactions.sql(tx);
    if (!known) {
      await saveAnswer(sql, { ...request, items: items ?? (await memberData.erase(tx, request.memberId)) });
      if (request.kind === 'ERASURE') await dropExportsOf(sql, request.memberId);
    }
    const done = await findAnswer(sql, request.requestId);
    if (!done) throw new Error(`the answer to ${request.requestId} is gone in its own transaction`);
    await emit(sql, memberData.receipts, {
      type: 'member_data.receipt',
      aggregateId: request.requestId,
      aggregateVersion: 1,
      payload: {
        requestId: request.requestId,
        domain: name,
        kind: done.kind,
        items: done.items,
        at: done.at.toISOString(),
      },
    });
  });
}

/** Writes a member's pages, each as it comes. @returns how many things of each section there were */
async function exportAll<Tx>(
  transactions: Domain<RequestContext, Tx>['transactions'],
  memberData: MemberData<Tx>,
  request: Request,
): Promise<ItemCounts> {
  const counts: Record<string, number> = {};
  let number = 0;
  for await (const page of memberData.export(request.memberId)) {
    number += 1;
    await transactions.run((tx) => savePage(transactions.sql(tx), request, number, page));
    counts[page.section] = (counts[page.section] ?? 0) + page.items.length;
  }
  await transactions.run((tx) => dropPagesFrom(transactions.sql(tx), request.requestId, number + 1));
  return counts;
}

/** `POST /internal/member-data` with `{ requestId }`: what was exported by it, `{ sections }`. */
async function exported<Tx>({ transactions }: Transactional<Tx>, body: unknown): Promise<HttpAnswer> {
  const { data } = exportRequest.safeParse(body);
  if (!data) return json(400, { error: { code: 'BAD_REQUEST', message: 'requestId must be the id of a request.' } });
  const sections = await transactions.run((tx) => readExport(transactions.sql(tx), data.requestId));
  return sections
    ? json(200, { sections })
    : json(404, { error: { code: 'NOT_FOUND', message: 'There is no such export, or it has expired.' } });
}
