import { createPrivateKey, type KeyObject } from 'node:crypto';
import { createSecretVault } from '../../secret-vault.ts';

export type KeyVault = ReturnType<typeof createKeyVault>;

/** Private keys as they lie in the database. */
export function createKeyVault(secret: string) {
  const vault = createSecretVault(secret, 'community signing keys at rest');

  return {
    /** @param id bound to the ciphertext, so that one key cannot be put in the place of another */
    encrypt: (id: string, privateKey: KeyObject): Uint8Array<ArrayBuffer> =>
      vault.encrypt(id, privateKey.export({ type: 'pkcs8', format: 'der' })),

    /** @returns null when it was encrypted by another secret, for another id, or was changed */
    decrypt(id: string, encrypted: Uint8Array): KeyObject | null {
      const key = vault.decrypt(id, encrypted);
      return key && createPrivateKey({ key, type: 'pkcs8', format: 'der' });
    },
  };
}
