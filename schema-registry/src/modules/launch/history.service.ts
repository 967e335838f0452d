import { type GraphRef, printGraphRef } from '../../names.ts';
import { Refusal } from '../../refusal.ts';
import type { SchemaChange } from '../../schema-diff/change.ts';
import { diffSchemas } from '../../schema-diff/diff.ts';
import type { VariantStore } from '../variant/variant.store.ts';
import type { Variant } from '../variant/variant.ts';
import type { ApiSchemas } from './api-schema.ts';
import type { LaunchResult, LaunchService } from './launch.service.ts';
import type { LaunchStore } from './launch.store.ts';
import type { Attribution, Launch } from './launch.ts';

export interface SubgraphDifference {
  readonly name: string;
  readonly kind: 'ADDED' | 'REMOVED' | 'CHANGED';
}

export interface LaunchDifference {
  readonly from: Launch;
  readonly to: Launch;
  readonly subgraphs: readonly SubgraphDifference[];
  /** Of the schema that clients see. */
  readonly changes: readonly SchemaChange[];
}

/** Launches of the past: what they were, how two of them differ, and the way back to one of them. */
export function createHistoryService(tools: {
  variants: VariantStore;
  launches: LaunchStore;
  service: LaunchService;
  apiSchemas: ApiSchemas;
}) {
  const { variants, launches, service, apiSchemas } = tools;

  async function numbered(ref: GraphRef, variant: Variant, number: number): Promise<Launch> {
    const launch = await launches.byNumber(variant.id, number);
    if (!launch)
      throw new Refusal(
        'NOT_FOUND',
        `"${printGraphRef(ref)}" has no launch #${number}; the latest is #${variant.launches}.`,
      );
    return launch;
  }

  async function existing(ref: GraphRef): Promise<Variant> {
    const variant = await variants.find(ref);
    if (!variant) throw new Refusal('NOT_FOUND', `There is no variant "${printGraphRef(ref)}".`);
    return variant;
  }

  function between(from: Launch, to: Launch): SubgraphDifference[] {
    const before = new Map(from.inputs.map((input) => [input.name, input]));
    const after = new Map(to.inputs.map((input) => [input.name, input]));
    return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((name): SubgraphDifference[] => {
      const old = before.get(name);
      const now = after.get(name);
      if (!old) return [{ name, kind: 'ADDED' }];
      if (!now) return [{ name, kind: 'REMOVED' }];
      return old.sdlHash === now.sdlHash && old.url === now.url ? [] : [{ name, kind: 'CHANGED' }];
    });
  }

  return {
    existing,
    numbered,
    /** How two launches of a variant differ. @throws Refusal when one of them did not compose */
    async difference(ref: GraphRef, fromNumber: number, toNumber: number): Promise<LaunchDifference> {
      const variant = await existing(ref);
      const [from, to] = [await numbered(ref, variant, fromNumber), await numbered(ref, variant, toNumber)];
      for (const launch of [from, to])
        if (!launch.apiSchemaHash)
          throw new Refusal('BAD_INPUT', `Launch #${launch.number} did not compose, so it has no schema to compare.`);
      const [before, after] = await Promise.all([
        apiSchemas(String(from.apiSchemaHash)),
        apiSchemas(String(to.apiSchemaHash)),
      ]);
      return { from, to, subgraphs: between(from, to), changes: diffSchemas(before, after) };
    },

    /**
     * Puts an earlier launch in service again, its subgraphs with it, so that the next publish does not bring back what was left.
     * @param to its number; default: the last one before the current that had another schema
     */
    async rollback(ref: GraphRef, to: number | null, by: Attribution): Promise<LaunchResult> {
      return service.change(ref, by, async (_, variant) => {
        const current = variant?.currentLaunchId ? await launches.byId(variant.currentLaunchId) : null;
        if (!variant || !current?.supergraphHash)
          throw new Refusal('NOT_FOUND', `"${printGraphRef(ref)}" has nothing in service to roll back.`);
        const target =
          to === null
            ? await launches.lastGoodBefore(variant.id, current.number, current.supergraphHash)
            : await numbered(ref, variant, to);
        if (!target)
          throw new Refusal('NOT_FOUND', `"${printGraphRef(ref)}" has no earlier launch with another schema.`);
        if (target.status === 'FAILED')
          throw new Refusal('BAD_INPUT', `Launch #${target.number} did not compose: choose one that did.`);
        return {
          kind: 'ROLLBACK',
          summary: `rolled back to #${target.number}`,
          inputs: target.inputs,
          sdl: new Map(),
        };
      });
    },
  };
}

export type HistoryService = ReturnType<typeof createHistoryService>;
