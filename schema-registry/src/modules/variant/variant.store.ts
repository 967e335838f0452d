import { newId } from '@community/kit/ids';
import type { ContractFilter } from '@community/rover/compose';
import type { Db, Tx } from '../../database.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import type { GraphRef } from '../../names.ts';
import type { LaunchInput } from '../launch/launch.ts';
import type { Subgraph, Variant } from './variant.ts';

type Row = Omit<Variant, 'contract'> & { contract: unknown };

const toVariant = ({ contract, ...row }: Row): Variant => ({ ...row, contract: contract as ContractFilter | null });

export function createVariantStore(db: Db) {
  return {
    async find({ graphId, variant }: GraphRef): Promise<Variant | null> {
      const row = await db.variant.findUnique({ where: { graphId_name: { graphId, name: variant } } });
      return row && toVariant(row);
    },
    async byId(id: string): Promise<Variant | null> {
      const row = await db.variant.findUnique({ where: { id } });
      return row && toVariant(row);
    },
    /** The variants that show themselves: those with a launch, and contracts. */
    async ofGraph(graphId: string): Promise<Variant[]> {
      return (await db.variant.findMany({ where: { graphId }, orderBy: { name: 'asc' } })).map(toVariant);
    },
    /** Ids of the variants that have subgraphs, or a schema without any. */
    async withSubgraphs(graphId: string): Promise<Set<string>> {
      const rows = await db.variant.findMany({
        where: { graphId, OR: [{ subgraphs: { some: {} } }, { history: { some: { kind: 'MONOGRAPH' } } }] },
        select: { id: true },
      });
      return new Set(rows.map(({ id }) => id));
    },
    async contractsOf(sourceId: string): Promise<Variant[]> {
      return (await db.variant.findMany({ where: { sourceId }, orderBy: { name: 'asc' } })).map(toVariant);
    },
    async create(tx: Tx, { graphId, variant }: GraphRef): Promise<Variant> {
      // Each variant has its own list of persisted queries from the start, so that publishing to it needs no step before.
      const list = { create: { id: newId(), graphId, name: `${variant} ${newId().slice(-6)}` } };
      return toVariant(
        await tx.variant.create({ data: { id: newId(), graph: { connect: { id: graphId } }, name: variant, list } }),
      );
    },
    async setContract(tx: Tx, id: string, sourceId: string, contract: ContractFilter): Promise<void> {
      await tx.variant.update({
        where: { id },
        data: { sourceId, contract: contract as unknown as Prisma.InputJsonObject },
      });
    },
    async noteLaunch(tx: Tx, id: string, launch: { id: string; number: number; inService: boolean }): Promise<void> {
      await tx.variant.update({
        where: { id },
        data: {
          latestLaunchId: launch.id,
          launches: launch.number,
          ...(launch.inService ? { currentLaunchId: launch.id } : {}),
        },
      });
    },
    async subgraphs(variantId: string): Promise<Subgraph[]> {
      const rows = await db.subgraph.findMany({ where: { variantId }, orderBy: { name: 'asc' } });
      return rows.map(({ variantId: _, ...subgraph }) => subgraph);
    },
    /** Makes the subgraphs of a variant exactly these; those that stay as they are keep their time. */
    async setSubgraphs(
      tx: Tx,
      variantId: string,
      before: readonly Subgraph[],
      after: readonly LaunchInput[],
    ): Promise<void> {
      const gone = before.filter(({ name }) => !after.some((input) => input.name === name)).map(({ name }) => name);
      if (gone.length > 0) await tx.subgraph.deleteMany({ where: { variantId, name: { in: gone } } });
      const updatedAt = new Date();
      for (const { name, url, sdlHash, revision } of after) {
        const old = before.find((subgraph) => subgraph.name === name);
        if (old && old.sdlHash === sdlHash && old.url === url && old.revision === revision) continue;
        const state = { url, sdlHash, revision, updatedAt };
        await tx.subgraph.upsert({
          where: { variantId_name: { variantId, name } },
          create: { variantId, name, ...state },
          update: state,
        });
      }
    },
    async setReadme(id: string, readme: string): Promise<Variant> {
      return toVariant(await db.variant.update({ where: { id }, data: { readme, readmeUpdatedAt: new Date() } }));
    },
    async setSettings(id: string, settings: object): Promise<Variant> {
      return toVariant(
        await db.variant.update({ where: { id }, data: { settings: settings as Prisma.InputJsonObject } }),
      );
    },
    async delete(id: string): Promise<void> {
      await db.variant.delete({ where: { id } });
    },
  };
}

export type VariantStore = ReturnType<typeof createVariantStore>;
