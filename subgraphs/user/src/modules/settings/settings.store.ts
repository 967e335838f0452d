import type { Db, Tx } from '../../database.ts';
import type { SettingsChange } from './settings.policy.ts';
import type { Settings } from './settings.ts';

export type SettingsStore = ReturnType<typeof createSettingsStore>;

const FIELDS = { language: true, timeZone: true, isPrivate: true, findableBy: true, version: true } as const;

export function createSettingsStore(prisma: Db) {
  return {
    /** @returns null for a member without a profile */
    async of(memberId: string): Promise<Settings | null> {
      return prisma.profile.findUnique({ where: { id: memberId }, select: FIELDS });
    },

    /** Changes settings that are still at `expectedVersion`. @returns null when they are not */
    async update(
      tx: Tx,
      memberId: string,
      expectedVersion: number,
      change: SettingsChange,
    ): Promise<(Settings & { readonly handle: string }) | null> {
      const [row] = await tx.profile.updateManyAndReturn({
        where: { id: memberId, version: expectedVersion },
        data: { ...change, version: { increment: 1 } },
        select: { ...FIELDS, handle: true },
      });
      return row ?? null;
    },
  };
}
