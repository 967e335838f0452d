import type { Db, Tx } from '../../database.ts';

export type MemberDataStore = ReturnType<typeof createMemberDataStore>;

export function createMemberDataStore(prisma: Db) {
  return {
    async preferences(memberId: string) {
      return prisma.member.findMany({
        where: { id: memberId },
        select: { language: true, channels: true, digest: true, digestHour: true, timeZone: true },
      });
    },

    async devices(memberId: string) {
      return prisma.pushSubscription.findMany({ where: { memberId }, select: { endpoint: true, createdAt: true } });
    },

    async notificationsPage(memberId: string, after: string | null, limit: number) {
      return prisma.notification.findMany({
        where: { recipientId: memberId, ...(after ? { id: { gt: after } } : {}) },
        orderBy: { id: 'asc' },
        take: limit,
        select: {
          id: true,
          kind: true,
          reason: true,
          targetType: true,
          targetId: true,
          actorCount: true,
          createdAt: true,
          updatedAt: true,
          readAt: true,
        },
      });
    },

    /**
     * Deletes all that is kept of a member, and has what she did taken out of others' inboxes. Safe to repeat.
     * @returns how many of each there were
     */
    async erase(tx: Tx, memberId: string): Promise<{ notifications: number; devices: number; acts: number }> {
      const acts = await tx.$executeRaw`
        INSERT INTO pending_act (operation, recipient_id, kind, target_id, source_id, occurred_at)
        SELECT 'REMOVE'::operation, n.recipient_id, n.kind, n.target_id, act.source_id, now()
        FROM act JOIN notification n ON n.id = act.notification_id WHERE act.actor_id = ${memberId}::uuid
        UNION
        SELECT 'REMOVE'::operation, recipient_id, kind, target_id, source_id, now()
        FROM pending_act WHERE actor_id = ${memberId}::uuid AND operation = 'ADD'`;
      // Who is behind the messages of a room is counted anew where a member is told that somebody has read up to nowhere.
      await tx.$executeRaw`
        INSERT INTO pending_act (operation, recipient_id, target_id, position, occurred_at)
        SELECT 'READ', n.recipient_id, n.target_id, 0, now()
        FROM room_sender s JOIN room_member m ON m.room_id = s.room_id
          JOIN notification n ON n.recipient_id = m.member_id AND n.target_id = m.room_id AND n.kind = 'MESSAGE' AND n.read_at IS NULL
        WHERE s.sender_id = ${memberId}::uuid`;
      await tx.pendingAct.deleteMany({ where: { recipientId: memberId } });
      const notifications = await tx.notification.deleteMany({ where: { recipientId: memberId } });
      await tx.change.deleteMany({ where: { recipientId: memberId } });
      const devices = await tx.pushSubscription.deleteMany({ where: { memberId } });
      await tx.roomMember.deleteMany({ where: { memberId } });
      await tx.roomSender.deleteMany({ where: { senderId: memberId } });
      await tx.memberBlock.deleteMany({ where: { OR: [{ blockerId: memberId }, { blockedId: memberId }] } });
      await tx.memberMute.deleteMany({ where: { OR: [{ muterId: memberId }, { mutedId: memberId }] } });
      await tx.member.deleteMany({ where: { id: memberId } });
      return { notifications: notifications.count, devices: devices.count, acts };
    },
  };
}
