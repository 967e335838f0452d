import type { Tx } from '../../database.ts';

export type AccountImportStore = ReturnType<typeof createAccountImportStore>;

export interface ImportedAccount {
  readonly id: string;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly language: string;
  readonly passwordHash?: string;
  readonly createdAt: Date;
}

export function createAccountImportStore() {
  return {
    /** Adds accounts, of each of which one event is told; of two with one address the first. @returns whose are new, and whose address somebody else has */
    async add(tx: Tx, accounts: readonly ImportedAccount[]): Promise<{ added: Set<string>; refused: Set<string> }> {
      const rows = await tx.$queryRaw<{ id: string }[]>`
        INSERT INTO account (id, email, roles, language, email_verified_at, event_version, created_at)
        SELECT id, email, '{MEMBER}'::role[], language, CASE WHEN "emailVerified" THEN "createdAt" END, 1, "createdAt"
        FROM jsonb_to_recordset(${JSON.stringify(accounts.map((account, place) => ({ ...account, place })))}::jsonb)
          AS r (id uuid, email text, language text, "emailVerified" boolean, "createdAt" timestamptz, place int)
        ORDER BY place ON CONFLICT DO NOTHING RETURNING id`;
      const added = new Set(rows.map(({ id }) => id));
      const first = new Set(added);
      const hashes = accounts.flatMap(({ id, passwordHash }) =>
        first.delete(id) && passwordHash ? [{ accountId: id, passwordHash }] : [],
      );
      await tx.credential.createMany({ data: hashes });
      const others = accounts.filter(({ id }) => !added.has(id)).map(({ id }) => id);
      const known = await tx.account.findMany({ where: { id: { in: others } }, select: { id: true } });
      const before = new Set(known.map(({ id }) => id));
      return { added, refused: new Set(others.filter((id) => !before.has(id))) };
    },
  };
}
