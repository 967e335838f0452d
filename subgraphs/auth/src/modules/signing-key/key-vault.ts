import { createCipheriv, createDecipheriv, createPrivateKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';

export type KeyVault = ReturnType<typeof createKeyVault>;

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Private keys as they lie in the database: AES-256-GCM with a key derived from the secret (HKDF-SHA-256, RFC 5869). */
export function createKeyVault(secret: string) {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'community signing keys at rest', 32));

  return {
    /** @param id bound to the ciphertext, so that one key cannot be put in the place of another. @returns iv, tag, data */
    encrypt(id: string, privateKey: KeyObject): Uint8Array<ArrayBuffer> {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(id));
      const data = Buffer.concat([cipher.update(privateKey.export({ type: 'pkcs8', format: 'der' })), cipher.final()]);
      return new Uint8Array(Buffer.concat([iv, cipher.getAuthTag(), data]));
    },

    /** @returns null when it was encrypted by another secret, for another id, or was changed */
    decrypt(id: string, encrypted: Uint8Array): KeyObject | null {
      const bytes = Buffer.from(encrypted);
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES))
        .setAAD(Buffer.from(id))
        .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
      try {
        const der = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
        return createPrivateKey({ key: der, type: 'pkcs8', format: 'der' });
      } catch {
        return null;
      }
    },
  };
}
