import type { Db, Tx } from '../../database.ts';
import type { Passkey, PasskeyCredential } from './passkey.ts';

export type PasskeyStore = ReturnType<typeof createPasskeyStore>;

const FIELDS = { id: true, name: true, backedUp: true, createdAt: true, lastUsedAt: true } as const;

export function createPasskeyStore(prisma: Db) {
  return {
    async of(accountId: string): Promise<Passkey[]> {
      return prisma.passkey.findMany({ where: { accountId }, orderBy: { id: 'asc' }, select: FIELDS });
    },

    /** Those of an account, as a device is told them, so that it makes no second one. */
    async known(accountId: string): Promise<{ id: string; transports: string[] }[]> {
      const rows = await prisma.passkey.findMany({
        where: { accountId },
        select: { credentialId: true, transports: true },
      });
      return rows.map(({ credentialId: id, transports }) => ({ id, transports }));
    },

    /** @returns whether it could be added; not, when it is somebody's already */
    async add(tx: Tx, passkey: Passkey & PasskeyCredential): Promise<boolean> {
      const data = { ...passkey, counter: BigInt(passkey.counter), transports: [...passkey.transports] };
      return (await tx.passkey.createMany({ data: [data], skipDuplicates: true })).count === 1;
    },

    async byCredential(credentialId: string): Promise<PasskeyCredential | null> {
      const row = await prisma.passkey.findUnique({ where: { credentialId } });
      return row && { ...row, publicKey: new Uint8Array(row.publicKey), counter: Number(row.counter) };
    },

    /** Writes down that it was used, if the device has not counted beyond that meanwhile. @returns whether it is there */
    async used(tx: Tx, credentialId: string, counter: number, now: Date): Promise<boolean> {
      const { count } = await tx.passkey.updateMany({
        where: { credentialId, counter: { lte: counter } },
        data: { counter, lastUsedAt: now },
      });
      return count === 1;
    },

    async has(tx: Tx, accountId: string, id: string): Promise<boolean> {
      return (await tx.passkey.count({ where: { accountId, id } })) > 0;
    },

    /** Removes one passkey of an account, or all of them. */
    async remove(tx: Tx, accountId: string, id?: string): Promise<void> {
      await tx.passkey.deleteMany({ where: { accountId, id } });
    },
  };
}
