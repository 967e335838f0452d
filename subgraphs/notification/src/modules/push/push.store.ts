import { newId } from '@community/kit/ids';
import type { Db, Tx } from '../../database.ts';
import type { PushSubscription } from './push.ts';

export type PushStore = ReturnType<typeof createPushStore>;

const FIELDS = { id: true, memberId: true, endpoint: true, p256dh: true, auth: true } as const;
/** A member's devices; the one that was registered first makes room. */
const MOST_DEVICES = 20;

export function createPushStore(prisma: Db) {
  return {
    /** Registers a device for a member; one that was another's before is hers from now on. */
    async register(tx: Tx, subscription: Omit<PushSubscription, 'id'> & { readonly sessionId: string }): Promise<void> {
      await tx.pushSubscription.upsert({
        where: { endpoint: subscription.endpoint },
        create: { id: newId(), ...subscription },
        update: { ...subscription, createdAt: new Date() },
        select: { id: true },
      });
      await tx.$executeRaw`
        DELETE FROM push_subscription WHERE id IN (
          SELECT id FROM push_subscription WHERE member_id = ${subscription.memberId}::uuid
          ORDER BY created_at DESC, id DESC OFFSET ${MOST_DEVICES})`;
    },

    /** @returns whether the member had it */
    async remove(memberId: string, endpoint: string): Promise<boolean> {
      return (await prisma.pushSubscription.deleteMany({ where: { memberId, endpoint } })).count > 0;
    },

    async removeById(id: string): Promise<void> {
      await prisma.pushSubscription.deleteMany({ where: { id } });
    },

    async removeOfSession(tx: Tx, sessionId: string): Promise<void> {
      await tx.pushSubscription.deleteMany({ where: { sessionId } });
    },

    async removeOfMember(tx: Tx, memberId: string): Promise<void> {
      await tx.pushSubscription.deleteMany({ where: { memberId } });
    },

    async byId(id: string): Promise<PushSubscription | null> {
      return prisma.pushSubscription.findUnique({ where: { id }, select: FIELDS });
    },

    /** The devices of members. */
    async ofMembers(tx: Tx, memberIds: readonly string[]): Promise<{ id: string; memberId: string }[]> {
      return tx.pushSubscription.findMany({
        where: { memberId: { in: [...memberIds] } },
        select: { id: true, memberId: true },
      });
    },
  };
}
