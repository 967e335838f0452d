import { emit } from '@community/events/outbox';
import type { Transactions } from '@community/events/sql';
import { addJob } from '@community/jobs/add-job';
import type { Task } from '@community/jobs/task';
import { isId } from '@community/kit/ids';
import { hasRole, type Member } from '@community/kit/member';
import {
  type Forbidden,
  type Invalid,
  isProblem,
  type NotFound,
  type NotSignedIn,
  notFound,
  notSignedIn,
  requireMember,
} from '@community/kit/problem';
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { Tx } from '../../database.ts';
import { accountEvents } from '../account/account.events.ts';
import type { AccountStore } from '../account/account.store.ts';
import type { AuditStore } from '../audit/audit.store.ts';
import type { SessionService } from '../session/session.service.ts';
import type { SessionStore } from '../session/session.store.ts';
import { checkSuspension, refuseSuspending } from './suspension.policy.ts';
import type { SuspensionStore } from './suspension.store.ts';
import { holding, type Suspension } from './suspension.ts';

export type SuspensionService = ReturnType<typeof createSuspensionService>;

export interface Suspended {
  readonly __typename: 'SuspendAccountSuccess';
  readonly accountId: string;
  readonly suspension: Suspension;
}

export interface Reinstated {
  readonly __typename: 'ReinstateAccountSuccess';
  readonly accountId: string;
}

const TASK = 'suspension_end';
const job = z.object({ accountId: z.uuid(), until: z.coerce.date() });

export function createSuspensionService({
  transactions,
  accounts,
  suspensions,
  sessions,
  sessionStore,
  audit,
  clock,
}: {
  transactions: Transactions<Tx>;
  accounts: AccountStore;
  suspensions: SuspensionStore;
  sessions: SessionService;
  sessionStore: SessionStore;
  audit: AuditStore;
  clock: Clock;
}) {
  /** The account that somebody may suspend or reinstate. Her rights are read anew, in the order in which roles change. */
  async function targetOf(
    tx: Tx,
    member: Member,
    accountId: string,
  ): Promise<string | NotSignedIn | Forbidden | NotFound> {
    await accounts.lockRoles(tx);
    const actor = await accounts.byId(tx, member.id);
    if (!actor || !(await sessionStore.isOpen(tx, member.sessionId, member.id, clock()))) return notSignedIn();
    const target = isId(accountId) ? await accounts.byId(tx, accountId) : null;
    const acting = {
      actorId: actor.id,
      actorRoles: actor.roles,
      targetId: accountId,
      targetRoles: target?.roles ?? [],
    };
    return refuseSuspending(acting) ?? target?.id ?? notFound('account', ['input', 'accountId']);
  }

  /** @param actorId null when its time is over. @param until only the suspension that ends then */
  async function end(tx: Tx, accountId: string, actorId: string | null, until?: Date): Promise<boolean> {
    const version = await suspensions.end(tx, accountId, until);
    if (version === null) return false;
    await audit.add(tx, { at: clock(), act: 'REINSTATED', actorId, accountId });
    await emit(transactions.sql(tx), accountEvents, {
      type: 'account.reinstated',
      aggregateId: accountId,
      aggregateVersion: version,
      ...(actorId ? { actorId } : {}),
      payload: { accountId },
    });
    return true;
  }

  const endInTime: Task = async (payload) => {
    const { accountId, until } = job.parse(payload);
    await transactions.run((tx) => end(tx, accountId, null, until));
  };

  return {
    tasks: { [TASK]: endInTime },

    /** The suspension of an account that holds now, for moderators; null for all others and where there is none. */
    async of(viewer: Member | null, accountId: string): Promise<Suspension | null> {
      if (!hasRole(viewer, 'MODERATOR') || !isId(accountId)) return null;
      return holding(await suspensions.of(accountId), clock());
    },

    /** Suspends an account, or changes its suspension: sessions and streams end, and sign-in tells why. */
    async suspend(
      viewer: Member | null,
      input: { accountId: string; reason: string; until: Date | null },
    ): Promise<Suspended | NotSignedIn | Forbidden | NotFound | Invalid> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      return transactions.run(async (tx) => {
        const accountId = await targetOf(tx, member, input.accountId);
        if (typeof accountId !== 'string') return accountId;
        const fault = checkSuspension(input, clock());
        if (fault) return fault;
        const suspension = { since: clock(), until: input.until, reason: input.reason.trim() };
        const { until, reason } = suspension;
        const aggregateVersion = await suspensions.begin(tx, accountId, suspension);
        await sessions.endAll(tx, accountId);
        await audit.add(tx, { at: clock(), act: 'SUSPENDED', actorId: member.id, accountId, until, reason });
        if (until) {
          const options = { runAt: until, key: `${TASK} ${accountId}` };
          await addJob(transactions.sql(tx), TASK, { accountId, until }, options);
        }
        await emit(transactions.sql(tx), accountEvents, {
          type: 'account.suspended',
          aggregateId: accountId,
          aggregateVersion,
          actorId: member.id,
          payload: { accountId, until: until?.toISOString() ?? null },
        });
        return { __typename: 'SuspendAccountSuccess', accountId, suspension };
      });
    },

    /** Ends the suspension of an account before its time. */
    async reinstate(
      viewer: Member | null,
      input: { accountId: string },
    ): Promise<Reinstated | NotSignedIn | Forbidden | NotFound> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      return transactions.run(async (tx) => {
        const accountId = await targetOf(tx, member, input.accountId);
        if (typeof accountId !== 'string') return accountId;
        const ended = await end(tx, accountId, member.id);
        return ended
          ? { __typename: 'ReinstateAccountSuccess', accountId }
          : notFound('suspension', ['input', 'accountId']);
      });
    },
  };
}
