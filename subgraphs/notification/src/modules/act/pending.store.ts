import type { Tx } from '../../database.ts';
import type { Act, ActKey, Operation } from './act.ts';

export type PendingStore = ReturnType<typeof createPendingStore>;

/**
 * What events told and is not merged into inboxes yet. Events only insert here, however hot their target is: rows that
 * all events of a target would change are left to the merger, which takes many at once.
 */
export function createPendingStore() {
  return {
    async add(tx: Tx, acts: readonly Act[]): Promise<void> {
      const others = acts.filter((act) => act.actorId !== act.recipientId);
      if (others.length > 0)
        await tx.pendingAct.createMany({ data: others.map((act) => ({ operation: 'ADD', ...act })) });
    },

    async remove(tx: Tx, acts: readonly (ActKey & { occurredAt: Date })[]): Promise<void> {
      await tx.pendingAct.createMany({ data: acts.map((act) => ({ operation: 'REMOVE', ...act })) });
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
      await tx.pendingAct.createMany({ data: [{ operation: 'RETRACT', recipientId, targetId, occurredAt }] });
    },

    /** Has the acts of each member of a pair in the other's inbox hidden or shown, as blocks say now. */
    async review(tx: Tx, pairs: readonly (readonly [string, string])[], occurredAt: Date): Promise<void> {
      await tx.pendingAct.createMany({
        data: pairs.flatMap(([one, other]) => [
          { operation: 'REVIEW' as const, recipientId: one, actorId: other, occurredAt },
          { operation: 'REVIEW' as const, recipientId: other, actorId: one, occurredAt },
        ]),
      });
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
