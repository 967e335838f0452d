import { isId } from '@community/kit/ids';
import type { CompositionFault } from '@community/rover/fault';
import { buildASTSchema, type GraphQLSchema, parse } from 'graphql';
import { checkedSubgraphName, checkedVariantName, type GraphRef, printGraphRef } from '../../names.ts';
import { Refusal } from '../../refusal.ts';
import { diffSchemas } from '../../schema-diff/diff.ts';
import { type LintSettings, lintSchema } from '../../schema-lint/lint.ts';
import { type DocumentStore, hashOf } from '../document/document.store.ts';
import { type ApiSchemas, buildApiSchema } from '../launch/api-schema.ts';
import type { Composer } from '../launch/composer.ts';
import type { LaunchStore } from '../launch/launch.store.ts';
import type { Attribution, Launch, LaunchInput } from '../launch/launch.ts';
import { checkedSdl, checkedSize } from '../subgraph/subgraph.service.ts';
import type { UsageStore } from '../usage/usage.store.ts';
import type { VariantStore } from '../variant/variant.store.ts';
import type { Variant } from '../variant/variant.ts';
import type { CheckStore } from './check.store.ts';
import {
  type Check,
  type CheckTasks,
  changeKey,
  type DownstreamTask,
  type JudgedChange,
  type LintTask,
  passes,
} from './check.ts';
import { type CheckSettings, readSettings } from './check-settings.ts';
import { type CheckQuestion, checkWindow } from './check-window.ts';
import { checkOperations } from './operations-check.ts';
import { checkPolicies, type Policy } from './policies.ts';

export interface CheckTools {
  readonly variants: VariantStore;
  readonly launches: LaunchStore;
  readonly documents: DocumentStore;
  readonly composer: Composer;
  readonly apiSchemas: ApiSchemas;
  readonly usage: UsageStore;
  readonly checks: CheckStore;
  readonly policies: readonly Policy[];
}

export function createCheckService(tools: CheckTools) {
  const { variants, launches, documents, composer, apiSchemas, usage, checks, policies } = tools;

  function checkLint(settings: CheckSettings, sdl: string, base: string | null): LintTask | null {
    if (!settings.lintCheck) return null;
    const diagnostics = lintSchema(sdl, base, settings.lint as LintSettings);
    return { status: diagnostics.some(({ level }) => level === 'ERROR') ? 'FAILED' : 'PASSED', diagnostics };
  }

  async function checkContracts(
    settings: CheckSettings,
    contracts: readonly Variant[],
    inputs: readonly LaunchInput[],
    proposed: ReadonlyMap<string, string>,
  ): Promise<DownstreamTask | null> {
    if (contracts.length === 0) return null;
    const results: { variant: string; errors: readonly CompositionFault[] }[] = [];
    for (const contract of contracts) {
      const { result } = await composer(inputs, contract.contract ?? undefined, proposed);
      results.push({ variant: contract.name, errors: 'errors' in result ? result.errors : [] });
    }
    const blocking = results.some(
      ({ variant, errors }) => errors.length > 0 && !settings.nonBlockingContracts.includes(variant),
    );
    return { status: blocking ? 'FAILED' : 'PASSED', results };
  }

  /** Judges what clients see: the operations that they sent, against the schema as it would be. */
  async function checkUse(
    variant: Variant | null,
    current: Launch | null,
    after: GraphQLSchema,
    settings: CheckSettings,
    question: CheckQuestion,
    branch: string,
  ) {
    if (!variant || !current?.apiSchemaHash) return { changes: [], task: null };
    const before = await apiSchemas(current.apiSchemaHash);
    const changes = diffSchemas(before, after);
    if (!settings.operationsCheck) return { changes, task: null };
    const window = checkWindow(settings, question);
    const [contracts, all, approvals] = await Promise.all([
      variants.contractsOf(variant.id),
      variants.ofGraph(variant.graphId),
      checks.approvals(variant.id, branch),
    ]);
    // A contract's clients use a part of this schema.
    const variantIds = [variant, ...contracts, ...all.filter(({ name }) => window.includedVariants.includes(name))].map(
      ({ id }) => id,
    );
    const task = await checkOperations(usage, {
      before,
      after,
      changes,
      window,
      variantIds: [...new Set(variantIds)],
      approvals: new Map(approvals.map(({ change, approvedBy }) => [change, approvedBy])),
    });
    return { changes, task };
  }

  async function stateOf(ref: GraphRef) {
    const variant = await variants.find(ref);
    const current = variant?.currentLaunchId ? await launches.byId(variant.currentLaunchId) : null;
    return { variant, current, settings: readSettings(variant?.settings) };
  }

  async function save(
    ref: GraphRef,
    state: { variant: Variant | null; current: Launch | null },
    check: { subgraph: string | null; sdl: string; tasks: CheckTasks },
    by: Attribution,
  ): Promise<Check> {
    if (!state.variant)
      throw new Refusal(
        'NOT_FOUND',
        `There is no variant "${printGraphRef(ref)}" to check against: publish to it first.`,
      );
    return checks.create({
      variantId: state.variant.id,
      actor: by.actor,
      git: by.git,
      subgraph: check.subgraph,
      proposedHash: hashOf(check.sdl),
      baseLaunchId: state.current?.id ?? null,
      passed: passes(check.tasks),
      tasks: check.tasks,
    });
  }

  return {
    /** What would come of publishing a subgraph. @throws Refusal when the question itself cannot be used */
    async checkSubgraph(
      ref: GraphRef,
      { name, sdl }: { name: string; sdl: string },
      question: CheckQuestion,
      by: Attribution,
    ): Promise<Check> {
      checkedVariantName(ref.variant);
      checkedSubgraphName(name);
      checkedSize(name, sdl);
      const state = await stateOf(ref);
      const { variant, current, settings } = state;
      if (variant?.sourceId)
        throw new Refusal('BAD_INPUT', `"${printGraphRef(ref)}" is a contract: check against its source variant.`);
      const before = variant ? await variants.subgraphs(variant.id) : [];
      const known = before.find((subgraph) => subgraph.name === name);
      const inputs = [
        ...before.filter((subgraph) => subgraph !== known),
        { name, url: known?.url ?? `http://${name}/graphql`, sdlHash: '', revision: '' },
      ].sort((a, b) => (a.name < b.name ? -1 : 1));
      const proposed = new Map([[name, sdl]]);
      const [baseSdl = null] = known ? await documents.load([known.sdlHash]) : [];
      const { result } = await composer(inputs, undefined, proposed);
      if ('errors' in result) {
        const composition = { status: 'FAILED' as const, errors: result.errors, coreSchemaModified: false };
        // What does not parse has no parts to lint; its fault is among the errors of the composition.
        const lint = result.errors.some(({ code }) => code === 'INVALID_GRAPHQL')
          ? null
          : checkLint(settings, sdl, baseSdl);
        const tasks = { composition, operations: null, lint, custom: null, downstream: null };
        return save(ref, state, { subgraph: name, sdl, tasks }, by);
      }
      const contracts = variant ? await variants.contractsOf(variant.id) : [];
      const use = await checkUse(
        variant,
        current,
        buildApiSchema(result.publicDocument),
        settings,
        question,
        by.git.branch ?? '',
      );
      const tasks: CheckTasks = {
        composition: {
          status: 'PASSED',
          errors: [],
          coreSchemaModified: hashOf(result.supergraph) !== current?.supergraphHash,
        },
        operations: use.task,
        lint: checkLint(settings, sdl, baseSdl),
        custom: await checkPolicies(policies, { ...graphOf(ref), subgraph: name, sdl, baseSdl, changes: use.changes }),
        downstream: await checkContracts(settings, contracts, inputs, proposed),
      };
      return save(ref, state, { subgraph: name, sdl, tasks }, by);
    },

    /** What would come of publishing a schema without subgraphs. @throws Refusal */
    async checkGraph(ref: GraphRef, sdl: string, question: CheckQuestion, by: Attribution): Promise<Check> {
      checkedVariantName(ref.variant);
      checkedSdl(ref.graphId, sdl);
      const state = await stateOf(ref);
      const { variant, current, settings } = state;
      const [baseSdl = null] = current?.apiSchemaHash ? await documents.load([current.apiSchemaHash]) : [];
      let after: GraphQLSchema;
      try {
        after = buildASTSchema(parse(sdl));
      } catch (error) {
        throw new Refusal('BAD_INPUT', `The schema cannot be used: ${error instanceof Error ? error.message : error}`);
      }
      const use = await checkUse(variant, current, after, settings, question, by.git.branch ?? '');
      const tasks: CheckTasks = {
        composition: null,
        operations: use.task,
        lint: checkLint(settings, sdl, baseSdl),
        custom: await checkPolicies(policies, { ...graphOf(ref), subgraph: null, sdl, baseSdl, changes: use.changes }),
        downstream: null,
      };
      return save(ref, state, { subgraph: null, sdl, tasks }, by);
    },

    /** A check of a graph. @returns null when there is none */
    async find(graphId: string, id: string): Promise<{ check: Check; variant: Variant } | null> {
      const check = isId(id) ? await checks.byId(id) : null;
      const variant = check && (await variants.byId(check.variantId));
      return check && variant?.graphId === graphId ? { check, variant } : null;
    },

    /**
     * Allows changes that a check found to break somebody: for this pull request, or for good.
     * @param keys keys of the changes; default: all that fail
     * @throws Refusal when the check has no such change
     */
    async approve(check: Check, keys: readonly string[] | null, forGood: boolean, approvedBy: string): Promise<Check> {
      const { operations } = check.tasks;
      const failing = operations?.changes.filter(({ severity }) => severity === 'FAILURE') ?? [];
      const unknown = keys?.find((key) => !failing.some((change) => changeKey(change) === key));
      if (unknown !== undefined) throw new Refusal('NOT_FOUND', `The check has no failing change "${unknown}".`);
      if (!operations || failing.length === 0)
        throw new Refusal('BAD_INPUT', 'The check has no failing change to approve.');
      const branch = check.git.branch ?? '';
      if (!forGood && branch === '')
        throw new Refusal(
          'BAD_INPUT',
          'The check does not say which branch it was for (APOLLO_VCS_BRANCH): approve for good instead.',
        );
      const chosen = new Set(keys ?? failing.map(changeKey));
      await checks.approve(check.variantId, [...chosen], forGood ? '' : branch, approvedBy);
      const changes = operations.changes.map(
        (change): JudgedChange =>
          change.severity === 'FAILURE' && chosen.has(changeKey(change))
            ? {
                ...change,
                severity: 'NOTICE',
                approvedBy,
                description: `${change.description}; approved by ${approvedBy}`,
              }
            : change,
      );
      const status = changes.some(({ severity }) => severity === 'FAILURE') ? ('FAILED' as const) : ('PASSED' as const);
      const tasks = { ...check.tasks, operations: { ...operations, changes, status } };
      return checks.setTasks(check.id, tasks, passes(tasks));
    },
  };
}

const graphOf = ({ graphId, variant }: GraphRef) => ({ graphId, variant });

export type CheckService = ReturnType<typeof createCheckService>;
