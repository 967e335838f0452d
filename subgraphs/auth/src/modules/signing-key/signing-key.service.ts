import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { Transactions } from '@community/events/sql';
import { ConfigError } from '@community/kit/config';
import { newId } from '@community/kit/ids';
import type { Clock } from '../../clock.ts';
import type { Tx } from '../../database.ts';
import type { KeyVault } from './key-vault.ts';
import { nextKeyDue, outlivedKeys, signingNow } from './signing-key.policy.ts';
import type { SigningKey, SigningKeyStore } from './signing-key.store.ts';

export type SigningKeyService = ReturnType<typeof createSigningKeyService>;

/** A new key signs a day after it was published, so instances may be this much late to see it. */
const REREAD_MS = 60_000;

/** The keys of access tokens. All instances read the same ones from the database, where only one of them makes them. */
export function createSigningKeyService({
  transactions,
  signingKeys,
  vault,
  clock,
}: {
  transactions: Transactions<Tx>;
  signingKeys: SigningKeyStore;
  vault: KeyVault;
  clock: Clock;
}) {
  let known: { keys: SigningKey[]; readAt: number } | null = null;
  let opened: { id: string; privateKey: KeyObject } | null = null;

  function make(signsFrom: Date): SigningKey {
    const id = newId();
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    return {
      id,
      publicKey: publicKey.export({ format: 'jwk' }),
      encryptedPrivateKey: vault.encrypt(id, privateKey),
      signsFrom,
    };
  }

  async function current(): Promise<SigningKey[]> {
    const now = clock().getTime();
    if (!known || now - known.readAt >= REREAD_MS) known = { keys: await signingKeys.all(), readAt: now };
    return known.keys;
  }

  return {
    /** Makes the next key when it is due, and removes those that nobody needs any more. */
    async maintain(): Promise<void> {
      await transactions.run(async (tx) => {
        await signingKeys.lock(tx);
        const now = clock();
        const keys = await signingKeys.all(tx);
        const due = nextKeyDue(keys, now);
        if (due) await signingKeys.add(tx, make(due), now);
        await signingKeys.remove(
          tx,
          outlivedKeys(keys, now).map((key) => key.id),
        );
      });
      known = null;
    },

    /** The key that signs now. @throws ConfigError when it was encrypted by another secret */
    async signer(): Promise<{ id: string; privateKey: KeyObject }> {
      const key = signingNow(await current(), clock());
      if (!key) throw new Error('there is no signing key: maintain() has not run');
      if (opened?.id === key.id) return opened;
      const privateKey = vault.decrypt(key.id, key.encryptedPrivateKey);
      if (!privateKey) {
        throw new ConfigError(
          'configuration: KEY_ENCRYPTION_SECRET is not the one that the signing keys in the database were encrypted by; restore it, or empty the table signing_key of auth to start with a new key',
        );
      }
      opened = { id: key.id, privateKey };
      return opened;
    },

    /** The public keys of all tokens that may be met, now or soon (JWK Set, RFC 7517, section 5). */
    async jwks(): Promise<{ keys: Record<string, unknown>[] }> {
      const keys = await current();
      return { keys: keys.map((key) => ({ ...key.publicKey, kid: key.id, alg: 'ES256', use: 'sig' })) };
    },
  };
}
