import { builder } from '../../builder.ts';
import { attribution, type Context } from '../../context.ts';
import { Refusal } from '../../refusal.ts';
import { lintSchema } from '../../schema-lint/lint.ts';
import { GraphMutationRef, GraphRef } from '../graph/graph.graph.ts';
import { authorise, authoriseWhole } from '../key/key.service.ts';
import { PermissionErrorRef } from '../persisted-query/persisted-query.graph.ts';
import { GitContextInput } from '../subgraph/subgraph.graph.ts';
import { checkedSdl } from '../subgraph/subgraph.service.ts';
import { VariantMutationRef } from '../variant/variant.graph.ts';
import type { Variant } from '../variant/variant.ts';
import type { Check } from './check.ts';
import { type CheckSettings, changedSettings, readSettings } from './check-settings.ts';
import { LintResultRef, TaskRef, tasksOf } from './check-task.graph.ts';
import type { CheckQuestion } from './check-window.ts';

const ClientFilter = builder.inputType('ClientInfoFilter', {
  fields: (t) => ({ name: t.string(), version: t.string() }),
});

const OperationFilter = builder.inputType('OperationNameFilterInput', {
  fields: (t) => ({ name: t.string({ required: true }), version: t.string() }),
});

const HistoricQueryParameters = builder.inputType('HistoricQueryParametersInput', {
  fields: (t) => ({
    from: t.string({ description: 'RFC 3339, or seconds relative to now.' }),
    to: t.string(),
    queryCountThreshold: t.int(),
    queryCountThresholdPercentage: t.float(),
    excludedClients: t.field({ type: [ClientFilter] }),
    excludedOperationNames: t.field({ type: [OperationFilter] }),
    ignoredOperations: t.idList(),
    includedVariants: t.stringList(),
  }),
});

const fields = (t: Parameters<Parameters<typeof builder.inputType>[1]['fields']>[0]) => ({
  graphRef: t.id(),
  config: t.field({ type: HistoricQueryParameters, required: true }),
  gitContext: t.field({ type: GitContextInput, required: true }),
  introspectionEndpoint: t.string(),
  isSandbox: t.boolean({ required: true }),
  isProposal: t.boolean(),
});

const SubgraphCheckInput = builder.inputType('SubgraphCheckAsyncInput', {
  fields: (t) => ({
    ...fields(t),
    subgraphName: t.string({ required: true }),
    proposedSchema: t.field({ type: 'GraphQLDocument', required: true }),
  }),
});

const SchemaCheckInput = builder.inputType('CheckSchemaAsyncInput', {
  fields: (t) => ({ ...fields(t), proposedSchemaDocument: t.string() }),
});

const Requested = builder.objectRef<{ targetURL: string; workflowID: string }>('CheckRequestSuccess').implement({
  fields: (t) => ({ targetURL: t.exposeString('targetURL'), workflowID: t.exposeID('workflowID') }),
});
const InvalidInput = builder.objectRef<{ message: string }>('InvalidInputError').implement({
  fields: (t) => ({ message: t.exposeString('message') }),
});
const PlanError = builder.objectRef<{ message: string }>('PlanError').implement({
  fields: (t) => ({ message: t.exposeString('message') }),
});
const RateLimitExceeded = builder.objectRef<{ message: string }>('RateLimitExceededError').implement({
  fields: (t) => ({ message: t.exposeString('message') }),
});

type Outcome =
  | { readonly kind: 'requested'; readonly targetURL: string; readonly workflowID: string }
  | { readonly kind: 'forbidden'; readonly message: string };

const CheckRequest = builder.unionType('CheckRequestResult', {
  types: [Requested, InvalidInput, PermissionErrorRef, PlanError, RateLimitExceeded],
  resolveType: (outcome) => {
    const { kind } = outcome as Outcome;
    return kind === 'requested' ? Requested : PermissionErrorRef;
  },
});

/** Where a check is shown. */
export const checkUrl = (publicUrl: string, variant: Variant, check: Check): string =>
  `${publicUrl}/graph/${variant.graphId}/variant/${variant.name}/checks/${check.id}`;

type Config = typeof HistoricQueryParameters.$inferInput;

const questionOf = (config: Config): CheckQuestion => ({
  from: config.from,
  to: config.to,
  minRequests: config.queryCountThreshold,
  minPercentage: config.queryCountThresholdPercentage,
  excludedClients: (config.excludedClients ?? []).flatMap(({ name }) => name ?? []),
  excludedOperations: (config.excludedOperationNames ?? []).map(({ name }) => name),
  includedVariants: config.includedVariants ?? [],
});

/** A check is done before this answers: Rover asks for its result at once, and then every five seconds. */
async function requested(variant: Variant, context: Context, work: () => Promise<Check>): Promise<Outcome> {
  try {
    authorise(context.key, variant.graphId, 'check');
    const check = await work();
    return { kind: 'requested', workflowID: check.id, targetURL: checkUrl(context.publicUrl, variant, check) };
  } catch (error) {
    // Of InvalidInputError, Rover shows words of its own instead of the message.
    if (!(error instanceof Refusal) || error.extensions.code !== 'FORBIDDEN') throw error;
    return { kind: 'forbidden', message: error.message };
  }
}

const refOf = ({ graphId, name }: Variant) => ({ graphId, variant: name });

// Not null, as in Apollo's API: so a refusal empties `variant`, and Rover shows its message.
builder.objectFields(VariantMutationRef, (t) => ({
  submitSubgraphCheckAsync: t.field({
    type: CheckRequest,
    args: { input: t.arg({ type: SubgraphCheckInput, required: true }) },
    resolve: (variant, { input }, context) =>
      requested(variant, context, () =>
        context.services.checks.checkSubgraph(
          refOf(variant),
          { name: input.subgraphName, sdl: input.proposedSchema },
          questionOf(input.config),
          attribution(context, input.gitContext),
        ),
      ),
  }),
  submitCheckSchemaAsync: t.field({
    type: CheckRequest,
    args: { input: t.arg({ type: SchemaCheckInput, required: true }) },
    resolve: (variant, { input }, context) =>
      requested(variant, context, () =>
        context.services.checks.checkGraph(
          refOf(variant),
          input.proposedSchemaDocument ?? '',
          questionOf(input.config),
          attribution(context, input.gitContext),
        ),
      ),
  }),
}));

interface CheckNode {
  readonly check: Check;
  readonly variant: Variant;
}

const WorkflowStatus = builder.enumType('CheckWorkflowStatus', { values: ['PASSED', 'FAILED', 'PENDING'] as const });

const CheckWorkflow = builder.objectRef<CheckNode>('CheckWorkflow').implement({
  fields: (t) => ({
    id: t.id({ resolve: ({ check }) => check.id }),
    status: t.field({ type: WorkflowStatus, resolve: ({ check }) => (check.passed ? 'PASSED' : 'FAILED') }),
    createdAt: t.field({ type: 'Timestamp', resolve: ({ check }) => check.createdAt }),
    subgraphName: t.string({ nullable: true, resolve: ({ check }) => check.subgraph }),
    targetURL: t.string({ resolve: ({ check, variant }, _, { publicUrl }) => checkUrl(publicUrl, variant, check) }),
    tasks: t.field({
      type: [TaskRef],
      resolve: ({ check, variant }, _, { publicUrl }) => tasksOf(check, checkUrl(publicUrl, variant, check)),
    }),
  }),
});

builder.objectField(GraphRef, 'checkWorkflow', (t) =>
  t.field({
    type: CheckWorkflow,
    nullable: true,
    args: { id: t.arg.id({ required: true }) },
    resolve: (graph, { id }, { services }) => services.checks.find(graph.id, id),
  }),
);

builder.objectFields(GraphMutationRef, (t) => ({
  lintSchema: t.field({
    type: LintResultRef,
    nullable: true,
    description: 'Lints a schema; with a base, the parts that differ from it.',
    args: { sdl: t.arg.string({ required: true }), baseSdl: t.arg.string() },
    resolve: (graph, { sdl, baseSdl }, { key }) => {
      authorise(key, graph.id, 'check');
      checkedSdl(graph.id, sdl);
      return lintSchema(sdl, baseSdl ?? null);
    },
  }),
  approveCheck: t.field({
    type: CheckWorkflow,
    nullable: true,
    description: 'Allows changes that break clients: for the branch that the check was for, or for good.',
    args: {
      id: t.arg.id({ required: true }),
      changes: t.arg.stringList({ description: 'Their keys; default: all that fail.' }),
      forGood: t.arg.boolean({ defaultValue: false }),
    },
    resolve: async (graph, { id, changes, forGood }, { key, services }) => {
      const { name } = authoriseWhole(key, graph.id, 'publish');
      const found = await services.checks.find(graph.id, id);
      if (!found) throw new Refusal('NOT_FOUND', `The graph "${graph.id}" has no check "${id}".`);
      const check = await services.checks.approve(found.check, changes ?? null, forGood ?? false, name);
      return { ...found, check };
    },
  }),
}));

const Json = builder.scalarType('CheckSettings', {
  description: 'How the checks of a variant judge, as JSON; see docs/registry.md.',
  serialize: (value) => value,
  parseValue: (value) => value,
});

builder.objectField(VariantMutationRef, 'updateCheckSettings', (t) =>
  t.field({
    type: Json,
    nullable: true,
    description: 'Changes the settings that are given; answers all of them.',
    args: { settings: t.arg({ type: Json, required: true }) },
    resolve: async (variant, { settings }, { key, services }) => {
      authorise(key, variant.graphId, 'admin');
      if (typeof settings !== 'object' || settings === null)
        throw new Refusal('BAD_INPUT', 'The settings are a JSON object.');
      const next: CheckSettings = changedSettings(variant.settings, settings);
      return readSettings((await services.variants.setSettings(variant.id, next)).settings);
    },
  }),
);
