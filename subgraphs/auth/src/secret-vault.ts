import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

export type SecretVault = ReturnType<typeof createSecretVault>;

const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Secrets as they lie in the database: AES-256-GCM with a key derived from the platform's secret (HKDF-SHA-256, RFC 5869).
 * @param purpose what the secrets are, so that each kind has a key of its own
 */
export function createSecretVault(secret: string, purpose: string) {
  const key = Buffer.from(hkdfSync('sha256', secret, '', purpose, 32));

  return {
    /** @param id bound to the ciphertext, so that one secret cannot be put in the place of another. @returns iv, tag, data */
    encrypt(id: string, plain: Uint8Array): Uint8Array<ArrayBuffer> {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(id));
      const data = Buffer.concat([cipher.update(plain), cipher.final()]);
      return new Uint8Array(Buffer.concat([iv, cipher.getAuthTag(), data]));
    },

    /** @returns null when it was encrypted by another secret, for another id or purpose, or was changed */
    decrypt(id: string, encrypted: Uint8Array): Buffer | null {
      const bytes = Buffer.from(encrypted);
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES))
        .setAAD(Buffer.from(id))
        .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
      try {
        return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
      } catch {
        return null;
      }
    },
  };
}
