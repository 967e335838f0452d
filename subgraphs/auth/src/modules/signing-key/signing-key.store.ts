import type { JsonWebKey } from 'node:crypto';
import type { Db, Tx } from '../../database.ts';

export type SigningKeyStore = ReturnType<typeof createSigningKeyStore>;

/** A pair of keys that signs access tokens. */
export interface SigningKey {
  /** The `kid` of the tokens. */
  readonly id: string;
  readonly publicKey: JsonWebKey;
  readonly encryptedPrivateKey: Uint8Array<ArrayBuffer>;
  readonly signsFrom: Date;
}

/** Instances that start together must not each make a key. */
const KEYS_LOCK = 4_110_102;

const FIELDS = { id: true, publicKey: true, encryptedPrivateKey: true, signsFrom: true } as const;

export function createSigningKeyStore(prisma: Db) {
  return {
    async all(db: Db | Tx = prisma): Promise<SigningKey[]> {
      const rows = await db.signingKey.findMany({ select: FIELDS, orderBy: { signsFrom: 'asc' } });
      return rows.map((row) => ({ ...row, publicKey: row.publicKey as JsonWebKey }));
    },

    /** Waits until no other transaction changes keys. */
    async lock(tx: Tx): Promise<void> {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(${KEYS_LOCK}::int)`;
    },

    async add(tx: Tx, key: SigningKey, createdAt: Date): Promise<void> {
      const { kty, crv, x, y } = key.publicKey;
      await tx.signingKey.createMany({ data: [{ ...key, publicKey: { kty, crv, x, y }, createdAt }] });
    },

    async remove(tx: Tx, ids: readonly string[]): Promise<void> {
      await tx.signingKey.deleteMany({ where: { id: { in: [...ids] } } });
    },
  };
}
