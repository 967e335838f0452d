import type { Tx } from '../../database.ts';

export type ErasureStore = ReturnType<typeof createErasureStore>;

/** Forgets members. */
export function createErasureStore() {
  return {
    /** Deletes all that is kept of a member, and has what she did taken out of others' inboxes. Safe to repeat. */
    async erase(tx: Tx, memberId: string): Promise<void> {
      await tx.$executeRaw`
        INSERT INTO pending_act (operation, recipient_id, kind, target_id, source_id, occurred_at)
        SELECT 'REMOVE'::operation, n.recipient_id, n.kind, n.target_id, act.source_id, now()
        FROM act JOIN notification n ON n.id = act.notification_id WHERE act.actor_id = ${memberId}::uuid
        UNION
        SELECT 'REMOVE'::operation, recipient_id, kind, target_id, source_id, now()
        FROM pending_act WHERE actor_id = ${memberId}::uuid AND operation = 'ADD'`;
      await tx.pendingAct.deleteMany({ where: { recipientId: memberId } });
      await tx.notification.deleteMany({ where: { recipientId: memberId } });
      await tx.change.deleteMany({ where: { recipientId: memberId } });
      await tx.pushSubscription.deleteMany({ where: { memberId } });
      await tx.roomMember.deleteMany({ where: { memberId } });
      await tx.roomSender.deleteMany({ where: { senderId: memberId } });
      await tx.memberBlock.deleteMany({ where: { OR: [{ blockerId: memberId }, { blockedId: memberId }] } });
      await tx.member.deleteMany({ where: { id: memberId } });
    },
  };
}
