import type { Sql } from '@community/events/sql';
import type { Saga, SagaState, Step, StepState } from './saga.ts';

interface Row {
  id: string;
  kind: string;
  subject: string;
  state: SagaState;
  reason: string | null;
  data: Record<string, unknown>;
  created_at: Date;
  updated_at: Date;
  steps: (Omit<Step, 'dueAt' | 'updatedAt'> & { dueAt: string | null; updatedAt: string })[] | null;
}

const SAGA = `SELECT id::text, kind, subject::text, state, reason, data, created_at, updated_at,
  (SELECT json_agg(json_build_object('name', name, 'state', s.state, 'attempts', attempts, 'reason', s.reason,
     'result', result, 'dueAt', due_at, 'updatedAt', s.updated_at) ORDER BY position)
   FROM saga.step AS s WHERE saga_id = i.id) AS steps
  FROM saga.instance AS i`;

function toSaga(row: Row): Saga {
  const steps = (row.steps ?? []).map((step) => ({
    ...step,
    dueAt: step.dueAt === null ? null : new Date(step.dueAt),
    updatedAt: new Date(step.updatedAt),
  }));
  const { id, kind, subject, state, reason, data } = row;
  return { id, kind, subject, state, reason, data, createdAt: row.created_at, updatedAt: row.updated_at, steps };
}

/** A saga, locked until the transaction ends; null where there is none. */
export async function lockSaga(sql: Sql, id: string): Promise<Saga | null> {
  // Locked first and read by a statement of its own, which sees what the one who held the lock has written.
  const locked = await sql.query('SELECT id FROM saga.instance WHERE id = $1::uuid FOR UPDATE', [id]);
  if (locked.length === 0) return null;
  const [row] = await sql.query<Row>(`${SAGA} WHERE i.id = $1::uuid`, [id]);
  return row ? toSaga(row) : null;
}

/** The sagas of some kinds about somebody, the newest first; at most 100. */
export async function findSagas(sql: Sql, kinds: readonly string[], subject: string): Promise<Saga[]> {
  const rows = await sql.query<Row>(
    `${SAGA} WHERE i.subject = $1::uuid AND i.kind = ANY($2::text[]) ORDER BY i.created_at DESC LIMIT 100`,
    [subject, [...kinds]],
  );
  return rows.map(toSaga);
}

/** Adds a saga with its steps. @returns whether it is new */
export async function insertSaga(
  sql: Sql,
  saga: Pick<Saga, 'id' | 'kind' | 'subject' | 'data'>,
  steps: readonly { name: string; state: StepState }[],
): Promise<boolean> {
  const added = await sql.query(
    'INSERT INTO saga.instance (id, kind, subject, data) VALUES ($1::uuid, $2, $3::uuid, $4::jsonb) ON CONFLICT DO NOTHING RETURNING id',
    [saga.id, saga.kind, saga.subject, JSON.stringify(saga.data)],
  );
  if (added.length === 0) return false;
  await sql.query(
    `INSERT INTO saga.step (saga_id, name, position, state)
     SELECT $1::uuid, name, position, state FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS s (name, state, position)`,
    [saga.id, steps.map(({ name }) => name), steps.map(({ state }) => state)],
  );
  return true;
}

export async function updateStep(sql: Sql, sagaId: string, step: Omit<Step, 'updatedAt'>): Promise<void> {
  await sql.query(
    `UPDATE saga.step SET state = $3, attempts = $4::int, reason = $5, result = $6::jsonb, due_at = $7::timestamptz, updated_at = now()
     WHERE saga_id = $1::uuid AND name = $2`,
    [
      sagaId,
      step.name,
      step.state,
      step.attempts,
      step.reason,
      step.result === null ? null : JSON.stringify(step.result),
      step.dueAt?.toISOString() ?? null,
    ],
  );
}

export async function updateSaga(sql: Sql, id: string, state: SagaState, reason: string | null): Promise<void> {
  await sql.query('UPDATE saga.instance SET state = $2, reason = $3, updated_at = now() WHERE id = $1::uuid', [
    id,
    state,
    reason,
  ]);
}
