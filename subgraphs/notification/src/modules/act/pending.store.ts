import type { Tx } from '../../database.ts';
import type { Act, ActKey, Operation } from './act.ts';

export type PendingStore = ReturnType<typeof createPendingStore>;

type NewOperation = Partial<Act> & { operation: Operation['operation']; recipientId: string; occurredAt: Date };

/** Adds operations in their order, by one statement. */
async function insert(tx: Tx, operations: readonly NewOperation[]): Promise<void> {
  if (operations.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO pending_act (operation, recipient_id, kind, reason, target_type, target_id, actor_id, source_id, position, occurred_at)
    SELECT operation, "recipientId", kind, reason, "targetType", "targetId", "actorId", "sourceId", position, "occurredAt"
    FROM ROWS FROM (jsonb_to_recordset(${JSON.stringify(operations)}::jsonb) AS (
      operation operation, "recipientId" uuid, kind kind, reason reason, "targetType" target_type, "targetId" uuid, "actorId" uuid,
      "sourceId" uuid, position int, "occurredAt" timestamptz)) WITH ORDINALITY AS told (
      operation, "recipientId", kind, reason, "targetType", "targetId", "actorId", "sourceId", position, "occurredAt", place)
    ORDER BY place`;
}

/**
 * What events told and is not merged into inboxes yet. Events only insert here, however hot their target is: rows that
 * all events of a target would change are left to the merger, which takes many at once.
 */
export function createPendingStore() {
  return {
    async add(tx: Tx, acts: readonly Act[]): Promise<void> {
      const others = acts.filter((act) => act.actorId !== act.recipientId);
      await insert(
        tx,
        others.map((act) => ({ operation: 'ADD', ...act })),
      );
    },

    async remove(tx: Tx, acts: readonly (ActKey & { occurredAt: Date })[]): Promise<void> {
      await insert(
        tx,
        acts.map((act) => ({ operation: 'REMOVE', ...act })),
      );
    },

    /** Undoes all that came from a source, whoever was told of it. */
    async removeSource(tx: Tx, sourceId: string, occurredAt: Date): Promise<void> {
      // What is not due yet must not come after its own removal.
      await tx.$executeRaw`DELETE FROM pending_act WHERE source_id = ${sourceId}::uuid AND operation = 'ADD' AND due_at > now()`;
      await tx.$executeRaw`
        INSERT INTO pending_act (operation, recipient_id, kind, target_id, source_id, occurred_at)
        SELECT 'REMOVE'::operation, n.recipient_id, n.kind, n.target_id, act.source_id, ${occurredAt}::timestamptz
        FROM act JOIN notification n ON n.id = act.notification_id WHERE act.source_id = ${sourceId}::uuid
        UNION
        SELECT 'REMOVE'::operation, recipient_id, kind, target_id, source_id, ${occurredAt}::timestamptz
        FROM pending_act WHERE source_id = ${sourceId}::uuid AND operation = 'ADD'`;
    },

    /** Takes back what the owner of a target was told of it, because it is gone. */
    async retract(tx: Tx, recipientId: string, targetId: string, occurredAt: Date): Promise<void> {
      await insert(tx, [{ operation: 'RETRACT', recipientId, targetId, occurredAt }]);
    },

    /** Has the acts of each member of a pair in the other's inbox hidden or shown, as blocks say now. */
    async review(tx: Tx, pairs: readonly (readonly [string, string])[], occurredAt: Date): Promise<void> {
      await insert(
        tx,
        pairs.flatMap(([one, other]) => [
          { operation: 'REVIEW' as const, recipientId: one, actorId: other, occurredAt },
          { operation: 'REVIEW' as const, recipientId: other, actorId: one, occurredAt },
        ]),
      );
    },

    /**
     * Takes the oldest waiting operations of members whose rows are locked.
     * @returns in the order in which they were told
     */
    async take(tx: Tx, recipientIds: readonly string[], limit: number): Promise<Operation[]> {
      const rows = await tx.$queryRaw<PendingRow[]>`
        DELETE FROM pending_act WHERE id IN (
          SELECT id FROM pending_act WHERE recipient_id = ANY(${recipientIds}::uuid[]) AND due_at <= now()
          ORDER BY id LIMIT ${limit} FOR UPDATE
        )
        RETURNING id, operation, recipient_id AS "recipientId", kind, reason, target_type AS "targetType",
          target_id AS "targetId", actor_id AS "actorId", source_id AS "sourceId", position, occurred_at AS "occurredAt"`;
      return rows.sort((a, b) => (a.id < b.id ? -1 : 1)).map(toOperation);
    },
  };
}

type PendingRow = Act & { readonly id: bigint; readonly operation: Operation['operation'] };

function toOperation({ id: _, operation, ...act }: PendingRow): Operation {
  const { recipientId, targetId, actorId, position } = act;
  if (operation === 'RETRACT') return { operation, recipientId, targetId };
  if (operation === 'REVIEW') return { operation, recipientId, actorId: actorId as string };
  if (operation === 'READ') return { operation, recipientId, targetId, position: position as number };
  return { operation, act };
}
