import { newId } from '@community/kit/ids';
import type { Logger } from '@community/kit/log';
import type { Composition, ContractFilter } from '@community/rover/compose';
import { type DocumentNode, parse } from 'graphql';
import type { Db, Tx } from '../../database.ts';
import { type GraphRef, printGraphRef } from '../../names.ts';
import { Refusal } from '../../refusal.ts';
import type { SchemaChange } from '../../schema-diff/change.ts';
import { diffSchemas } from '../../schema-diff/diff.ts';
import type { DocumentStore } from '../document/document.store.ts';
import type { VariantStore } from '../variant/variant.store.ts';
import type { Variant } from '../variant/variant.ts';
import { type ApiSchemas, buildApiSchema } from './api-schema.ts';
import type { Composer } from './composer.ts';
import type { Lane } from './lane.ts';
import type { LaunchStore } from './launch.store.ts';
import type { Attribution, Launch, LaunchInput, LaunchKind } from './launch.ts';

export interface SubgraphChange {
  readonly name: string;
  /** Null: as it was. */
  readonly url: string | null;
  readonly sdl: string;
  readonly revision: string;
}

export interface LaunchResult {
  readonly variant: Variant;
  readonly launch: Launch;
  /** Names of subgraphs that were not there before. */
  readonly created: readonly string[];
  /** Names of subgraphs whose SDL or URL is another now. */
  readonly updated: readonly string[];
}

interface Plan {
  readonly kind: LaunchKind;
  readonly summary: string;
  readonly inputs: readonly LaunchInput[];
  /** SDL of inputs that is not stored yet. */
  readonly sdl: ReadonlyMap<string, string>;
  readonly filter?: ContractFilter;
  readonly sourceLaunchId?: string;
}

export interface LaunchTools {
  readonly db: Db;
  readonly variants: VariantStore;
  readonly launches: LaunchStore;
  readonly documents: DocumentStore;
  readonly composer: Composer;
  readonly apiSchemas: ApiSchemas;
  readonly lane: Lane;
  readonly log: Logger;
  /** Told after a commit that routers may have something new. */
  readonly onLaunch: () => Promise<void>;
}

/** Puts schemas in service: composes them, records who did it and what came of it, and leaves the last good one when it fails. */
export function createLaunchService(tools: LaunchTools) {
  const { db, variants, launches, documents, composer, apiSchemas, lane, log } = tools;

  async function changesAgainstService(variant: Variant | null, document: DocumentNode): Promise<SchemaChange[]> {
    const before = variant?.currentLaunchId ? await launches.byId(variant.currentLaunchId) : null;
    if (!before?.apiSchemaHash) return [];
    return diffSchemas(await apiSchemas(before.apiSchemaHash), buildApiSchema(document));
  }

  /** Composes a plan and hands back how to write it: composing takes long, and a transaction must not. */
  async function prepare(ref: GraphRef, variant: Variant | null, plan: Plan, by: Attribution) {
    const { result, ms } = await composer(plan.inputs, plan.filter, plan.sdl);
    const changes = 'errors' in result ? [] : await changesAgainstService(variant, result.publicDocument);
    return {
      result,
      async write(tx: Tx): Promise<{ variant: Variant; launch: Launch }> {
        const owner = variant ?? (await variants.create(tx, ref));
        if (plan.sdl.size > 0) await documents.save(tx, [...plan.sdl.values()]);
        const [supergraphHash = null, apiSchemaHash = null] =
          'errors' in result ? [] : await documents.save(tx, [result.supergraph, result.publicSdl]);
        return record(tx, owner, {
          ...plan,
          by,
          supergraphHash,
          apiSchemaHash,
          errors: 'errors' in result ? result.errors : [],
          changes,
          compositionMs: ms,
        });
      },
    };
  }

  async function record(
    tx: Tx,
    variant: Variant,
    outcome: Omit<Plan, 'sdl' | 'filter'> &
      Pick<Launch, 'supergraphHash' | 'apiSchemaHash' | 'errors' | 'changes' | 'compositionMs'> & { by: Attribution },
  ): Promise<{ variant: Variant; launch: Launch }> {
    const failed = outcome.errors.length > 0;
    const number = variant.launches + 1;
    const launch = await launches.create(tx, {
      id: newId(),
      variantId: variant.id,
      number,
      kind: outcome.kind,
      status: failed ? 'FAILED' : 'SUCCEEDED',
      actor: outcome.by.actor,
      client: outcome.by.client,
      git: outcome.by.git,
      summary: outcome.summary,
      inputs: outcome.inputs,
      supergraphHash: outcome.supergraphHash,
      apiSchemaHash: outcome.apiSchemaHash,
      errors: outcome.errors,
      hints: [],
      changes: outcome.changes,
      compositionMs: outcome.compositionMs,
      sourceLaunchId: outcome.sourceLaunchId ?? null,
    });
    await variants.noteLaunch(tx, variant.id, { id: launch.id, number, inService: !failed });
    return {
      variant: {
        ...variant,
        launches: number,
        latestLaunchId: launch.id,
        currentLaunchId: failed ? variant.currentLaunchId : launch.id,
      },
      launch,
    };
  }

  /** The launches of the contracts of a variant that follow from a new schema of it. */
  async function prepareContracts(variant: Variant | null, plan: Plan, result: Composition, by: Attribution) {
    if (!variant || 'errors' in result) return [];
    const contracts = await variants.contractsOf(variant.id);
    const prepared = [];
    for (const contract of contracts)
      prepared.push(await prepareContract(contract, plan.inputs, plan.sdl, by, `followed ${variant.name}`));
    return prepared;
  }

  function prepareContract(
    contract: Variant,
    inputs: readonly LaunchInput[],
    sdl: ReadonlyMap<string, string>,
    by: Attribution,
    summary: string,
  ) {
    if (!contract.contract) throw new Error(`variant ${contract.id} has a source and no filter`);
    const plan: Plan = { kind: 'CONTRACT', summary, inputs, sdl, filter: contract.contract };
    return prepare({ graphId: contract.graphId, variant: contract.name }, contract, plan, by);
  }

  async function settle(ref: GraphRef, launch: Launch): Promise<void> {
    const facts = { graphRef: printGraphRef(ref), launch: launch.number, by: launch.actor, ms: launch.compositionMs };
    if (launch.status === 'FAILED')
      log.error(
        { ...facts, errors: launch.errors.map(({ message }) => message) },
        'a launch failed to compose: the last good supergraph stays in service',
      );
    else log.info(facts, `launched: ${launch.summary}`);
    await tools.onLaunch();
  }

  /** Changes subgraphs of a variant and launches the result; one at a time, none lost. */
  async function change(
    ref: GraphRef,
    by: Attribution,
    makePlan: (subgraphs: readonly LaunchInput[], variant: Variant | null) => Promise<Plan> | Plan,
  ): Promise<LaunchResult> {
    return lane(async () => {
      const variant = await variants.find(ref);
      if (variant?.sourceId)
        throw new Refusal(
          'BAD_INPUT',
          `"${printGraphRef(ref)}" is a contract: it follows its source variant and has no subgraphs of its own.`,
        );
      const before = variant ? await variants.subgraphs(variant.id) : [];
      const plan = await makePlan(before, variant);
      const main = await prepare(ref, variant, plan, by);
      const contracts = await prepareContracts(variant, plan, main.result, by);
      const done = await db.$transaction(async (tx) => {
        const written = await main.write(tx);
        await variants.setSubgraphs(tx, written.variant.id, before, plan.inputs);
        const followed = [];
        for (const contract of contracts) followed.push(await contract.write(tx));
        return { ...written, followed };
      });
      await settle(ref, done.launch);
      for (const { variant: contract, launch } of done.followed)
        await settle({ graphId: ref.graphId, variant: contract.name }, launch);
      const names = new Set(before.map(({ name }) => name));
      const isChanged = (input: LaunchInput) => {
        const old = before.find(({ name }) => name === input.name);
        return !old || old.sdlHash !== input.sdlHash || old.url !== input.url;
      };
      return {
        variant: done.variant,
        launch: done.launch,
        created: plan.inputs.filter(({ name }) => !names.has(name)).map(({ name }) => name),
        updated: plan.inputs.filter(isChanged).map(({ name }) => name),
      };
    });
  }

  return {
    change,
    /** Puts the schema of a graph without subgraphs in service. @throws Refusal when the variant has subgraphs */
    async publishSchema(ref: GraphRef, sdl: string, by: Attribution): Promise<{ variant: Variant; launch: Launch }> {
      return lane(async () => {
        const variant = await variants.find(ref);
        if (variant && (variant.sourceId || (await variants.subgraphs(variant.id)).length > 0))
          throw new Refusal(
            'CONFLICT',
            `"${printGraphRef(ref)}" is composed of subgraphs: publish these with rover subgraph publish.`,
          );
        const changes = await changesAgainstService(variant, parse(sdl));
        const done = await db.$transaction(async (tx) => {
          const [apiSchemaHash = null] = await documents.save(tx, [sdl]);
          return record(tx, variant ?? (await variants.create(tx, ref)), {
            kind: 'MONOGRAPH',
            summary: 'published the schema',
            inputs: [],
            supergraphHash: null,
            apiSchemaHash,
            errors: [],
            changes,
            compositionMs: 0,
            by,
          });
        });
        await settle(ref, done.launch);
        return done;
      });
    },
    /** Composes a contract anew from what its source has in service. @returns null when the source has nothing in service */
    async launchContract(contract: Variant, by: Attribution): Promise<Launch | null> {
      return lane(async () => {
        const source = contract.sourceId ? await variants.byId(contract.sourceId) : null;
        const current = source?.currentLaunchId ? await launches.byId(source.currentLaunchId) : null;
        const fresh = await variants.byId(contract.id);
        if (!current || !fresh) return null;
        const prepared = await prepareContract(fresh, current.inputs, new Map(), by, 'changed its filter');
        const { launch } = await db.$transaction((tx) => prepared.write(tx));
        await settle({ graphId: contract.graphId, variant: contract.name }, launch);
        return launch;
      });
    },
  };
}

export type LaunchService = ReturnType<typeof createLaunchService>;
