import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createKeyVault } from './key-vault.ts';

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const vault = createKeyVault('a secret of at least thirty-two characters');

describe('a private key at rest', () => {
  it('comes back as it was, and looks different each time', () => {
    const encrypted = vault.encrypt('one', privateKey);
    expect(vault.decrypt('one', encrypted)?.equals(privateKey)).toBe(true);
    expect(vault.encrypt('one', privateKey)).not.toEqual(encrypted);
    expect(Buffer.from(encrypted).includes(privateKey.export({ type: 'pkcs8', format: 'der' }).subarray(-32))).toBe(
      false,
    );
  });

  it('does not come back with another secret, under another id, or changed', () => {
    const encrypted = vault.encrypt('one', privateKey);
    expect(createKeyVault('another secret of thirty-two characters!').decrypt('one', encrypted)).toBeNull();
    expect(vault.decrypt('two', encrypted)).toBeNull();
    encrypted[encrypted.length - 1] = (encrypted.at(-1) ?? 0) ^ 1;
    expect(vault.decrypt('one', encrypted)).toBeNull();
  });
});
