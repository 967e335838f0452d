import type { Tx } from '../../database.ts';

export type WaysInStore = ReturnType<typeof createWaysInStore>;

export function createWaysInStore() {
  return {
    /** In how many ways a member can sign in. Lock her account first, so that two do not each remove the last but one. */
    async count(tx: Tx, accountId: string): Promise<number> {
      const passwords = await tx.credential.count({ where: { accountId } });
      const identities = await tx.linkedIdentity.count({ where: { accountId } });
      return passwords + identities + (await tx.passkey.count({ where: { accountId } }));
    },
  };
}
