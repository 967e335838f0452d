import type { Sql, Transactions } from '@community/events/sql';
import { addJob, removeJob } from '@community/jobs/add-job';
import type { Tasks } from '@community/jobs/task';
import { z } from 'zod';
import { insertSaga, lockSaga, updateSaga, updateStep } from './saga.store.ts';
import { type Answer, pauseAfter, type Saga, type SagaDefinition, type Step, type StepDefinition } from './saga.ts';

const TASK = 'saga.remind';
/** A reminder is tried again until it works: the saga knows by itself when to give up. */
const REMINDER_ATTEMPTS = 1_000;
const reminder = z.object({ sagaId: z.uuid() });

const jobKey = (sagaId: string) => `saga:${sagaId}`;
const isSettled = (step: Step) => step.state === 'DONE' || step.state === 'REFUSED';

export type Sagas<Tx> = ReturnType<typeof createSagas<Tx>>;

/**
 * Sagas of a domain: work that spans domains, kept in a table, step by step. Every change is made with the saga's row
 * locked, in one transaction with what it causes (an event, a job, a compensation), so a process may die anywhere.
 */
export function createSagas<Tx>({
  transactions,
  definitions,
  now = () => new Date(),
}: {
  transactions: Transactions<Tx>;
  definitions: readonly SagaDefinition<Tx>[];
  now?: () => Date;
}) {
  const byKind = new Map(definitions.map((definition) => [definition.kind, definition]));

  function stepsOf(saga: Pick<Saga, 'kind' | 'data'>): readonly StepDefinition<Tx>[] {
    const definition = byKind.get(saga.kind);
    if (!definition) throw new Error(`there is no saga of the kind ${saga.kind}`);
    return definition.steps(saga);
  }

  /** Asks for a step, the first time or again. */
  async function ask(tx: Tx, saga: Saga, definition: StepDefinition<Tx>, step: Step): Promise<Step> {
    const attempt = step.attempts + 1;
    await definition.ask?.(tx, saga, attempt);
    const dueAt = definition.dueAt?.(saga) ?? (definition.ask ? new Date(now().getTime() + pauseAfter(attempt)) : null);
    const reason = attempt > 1 ? 'NO_ANSWER_YET' : null;
    return { ...step, state: 'PENDING', attempts: attempt, reason, dueAt };
  }

  /** Undoes what was done, the last first, and ends the saga. */
  async function compensate(tx: Tx, saga: Saga, steps: readonly Step[], reason: string): Promise<void> {
    const definitionsByName = new Map(stepsOf(saga).map((definition) => [definition.name, definition]));
    const undone: Step[] = [];
    for (const step of steps.toReversed()) {
      const undo = step.state === 'DONE' && definitionsByName.get(step.name)?.compensate;
      if (undo) await undo(tx, saga, reason);
      undone.unshift(undo ? { ...step, state: 'COMPENSATED' } : step);
    }
    await end(tx, saga, undone, 'COMPENSATED', reason);
  }

  async function end(
    tx: Tx,
    saga: Saga,
    steps: readonly Step[],
    state: 'DONE' | 'COMPENSATED' | 'CANCELLED',
    reason: string | null,
  ): Promise<void> {
    const sql = transactions.sql(tx);
    for (const step of steps) {
      const open = step.state === 'BLOCKED' || step.state === 'PENDING';
      await save(sql, saga, open ? { ...step, state: 'DROPPED', dueAt: null } : step);
    }
    await updateSaga(sql, saga.id, state, reason);
    await removeJob(sql, jobKey(saga.id));
  }

  /** Writes a step that differs from what is stored. */
  async function save(sql: Sql, saga: Saga, step: Step): Promise<void> {
    const stored = saga.steps.find(({ name }) => name === step.name);
    if (stored !== step) await updateStep(sql, saga.id, step);
  }

  /** Asks for what can be asked for now, ends what is complete, and sees to the next reminder. */
  async function advance(tx: Tx, saga: Saga, changed: readonly Step[]): Promise<void> {
    const steps = [...changed];
    for (const [index, definition] of stepsOf(saga).entries()) {
      const step = steps[index];
      const ready = (definition.after ?? []).every((name) =>
        steps.some((other) => other.name === name && isSettled(other)),
      );
      if (step?.state === 'BLOCKED' && ready) steps[index] = await ask(tx, saga, definition, step);
    }
    if (steps.every(isSettled)) return end(tx, saga, steps, 'DONE', null);
    const sql = transactions.sql(tx);
    for (const step of steps) await save(sql, saga, step);
    const due = steps.flatMap((step) => (step.state === 'PENDING' && step.dueAt ? [step.dueAt.getTime()] : []));
    if (due.length === 0) await removeJob(sql, jobKey(saga.id));
    else {
      await addJob(
        sql,
        TASK,
        { sagaId: saga.id },
        { key: jobKey(saga.id), runAt: new Date(Math.min(...due)), maxAttempts: REMINDER_ATTEMPTS },
      );
    }
  }

  async function settle(tx: Tx, saga: Saga, name: string, answer: Answer): Promise<void> {
    const step = saga.steps.find((candidate) => candidate.name === name);
    if (saga.state !== 'RUNNING' || !step || isSettled(step)) return;
    const settled: Step = {
      ...step,
      dueAt: null,
      ...('done' in answer
        ? { state: 'DONE', reason: null, result: answer.result ?? null }
        : { state: 'REFUSED', reason: answer.refused }),
    };
    const steps = saga.steps.map((other) => (other === step ? settled : other));
    const definition = stepsOf(saga).find((candidate) => candidate.name === name);
    if ('refused' in answer && !definition?.optional) await compensate(tx, saga, steps, answer.refused);
    else await advance(tx, saga, steps);
  }

  /** Settles or asks again for what is due. */
  async function remind(tx: Tx, id: string): Promise<void> {
    for (const { name } of (await lockSaga(transactions.sql(tx), id))?.steps ?? []) {
      // Read anew: what one step causes may have ended the saga.
      const saga = await lockSaga(transactions.sql(tx), id);
      const step = saga?.steps.find((candidate) => candidate.name === name);
      if (saga?.state !== 'RUNNING' || step?.state !== 'PENDING' || !step.dueAt || step.dueAt > now()) continue;
      const definition = stepsOf(saga).find((candidate) => candidate.name === name);
      if (!definition) continue;
      const silentMs = now().getTime() - saga.createdAt.getTime();
      if (definition.dueAt) await settle(tx, saga, name, { done: true });
      else if (silentMs > (definition.givenUpAfterMs ?? Number.POSITIVE_INFINITY))
        await settle(tx, saga, name, { refused: 'NO_ANSWER' });
      else {
        const again = await ask(tx, saga, definition, step);
        await advance(
          tx,
          saga,
          saga.steps.map((other) => (other === step ? again : other)),
        );
      }
    }
  }

  return {
    /**
     * Begins a saga in the caller's transaction; does nothing when it was begun before.
     * @param done steps that the caller does in this transaction
     */
    async start(
      tx: Tx,
      saga: Pick<Saga, 'id' | 'kind' | 'subject'> & { data?: Saga['data'] },
      done: readonly string[] = [],
    ): Promise<void> {
      const sql = transactions.sql(tx);
      const data = saga.data ?? {};
      const steps = stepsOf({ kind: saga.kind, data }).map(({ name }) => ({
        name,
        state: done.includes(name) ? ('DONE' as const) : ('BLOCKED' as const),
      }));
      if (!(await insertSaga(sql, { ...saga, data }, steps))) return;
      const started = await lockSaga(sql, saga.id);
      if (started) await advance(tx, started, started.steps);
    },

    /** Takes the answer to a step. One that comes twice, too late or to a saga that nobody knows changes nothing. */
    async answer(tx: Tx, sagaId: string, step: string, answer: Answer): Promise<void> {
      const saga = await lockSaga(transactions.sql(tx), sagaId);
      if (saga) await settle(tx, saga, step, answer);
    },

    /** Ends a saga whose named step is still pending; later it cannot be cancelled. @returns whether it was ended */
    async cancel(tx: Tx, sagaId: string, whilePending: string): Promise<boolean> {
      const saga = await lockSaga(transactions.sql(tx), sagaId);
      const waits = saga?.steps.some(({ name, state }) => name === whilePending && state === 'PENDING');
      if (saga?.state !== 'RUNNING' || !waits) return false;
      await end(tx, saga, saga.steps, 'CANCELLED', null);
      return true;
    },

    /** The tasks that the domain's job queue must do for its sagas. */
    tasks: {
      [TASK]: (payload) => transactions.run((tx) => remind(tx, reminder.parse(payload).sagaId)),
    } satisfies Tasks,
  };
}
