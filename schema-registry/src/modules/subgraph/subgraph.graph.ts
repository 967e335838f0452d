import type { CompositionFault } from '@community/rover/fault';
import { builder } from '../../builder.ts';
import { attribution, type Context } from '../../context.ts';
import { printGraphRef } from '../../names.ts';
import { Refusal } from '../../refusal.ts';
import { GraphMutationRef } from '../graph/graph.graph.ts';
import { authorise, authoriseSubgraphs } from '../key/key.service.ts';
import type { LaunchResult } from '../launch/launch.service.ts';

export const GitContextInput = builder.inputType('GitContextInput', {
  fields: (t) => ({
    branch: t.string(),
    commit: t.id(),
    committer: t.string(),
    message: t.string(),
    remoteUrl: t.string(),
  }),
});

const PartialSchemaInput = builder.inputType('PartialSchemaInput', {
  fields: (t) => ({
    sdl: t.string({ description: 'The SDL of the subgraph.' }),
    hash: t.string({ description: 'Taken for granted when the SDL is there.' }),
  }),
});

const SubgraphInput = builder.inputType('SubgraphInput', {
  fields: (t) => ({
    name: t.string({ required: true }),
    url: t.string(),
    sdl: t.string({ required: true }),
    revision: t.string(),
  }),
});

export const CompositionErrorRef = builder.objectRef<CompositionFault>('SchemaCompositionError').implement({
  fields: (t) => ({
    message: t.exposeString('message'),
    code: t.exposeString('code'),
  }),
});

const CompositionConfig = builder.objectRef<{ schemaHash: string }>('CompositionConfig').implement({
  fields: (t) => ({ schemaHash: t.exposeString('schemaHash') }),
});

/** Where a launch is shown. */
export const launchUrl = ({ publicUrl }: Context, result: Pick<LaunchResult, 'variant' | 'launch'>): string =>
  `${publicUrl}/graph/${result.variant.graphId}/variant/${result.variant.name}/launches/${result.launch.number}`;

const PublishResult = builder.objectRef<LaunchResult>('CompositionAndUpsertResult').implement({
  fields: (t) => ({
    compositionConfig: t.field({
      type: CompositionConfig,
      nullable: true,
      description: 'Null when the composition failed: routers go on with what they have.',
      resolve: ({ launch }) => (launch.supergraphHash ? { schemaHash: launch.supergraphHash } : null),
    }),
    errors: t.field({ type: [CompositionErrorRef], resolve: ({ launch }) => [...launch.errors] }),
    updatedGateway: t.boolean({ resolve: ({ launch }) => launch.status === 'SUCCEEDED' }),
    wasCreated: t.boolean({ resolve: ({ created }) => created.length > 0 }),
    wasUpdated: t.boolean({ resolve: ({ updated, created }) => updated.length > 0 && created.length === 0 }),
    launchUrl: t.string({ resolve: (result, _, context) => launchUrl(context, result) }),
    launchCliCopy: t.string({
      resolve: (result, _, context) =>
        `Launch #${result.launch.number} ${result.launch.status === 'SUCCEEDED' ? 'is in service' : 'failed: the last good supergraph stays in service'}: ${launchUrl(context, result)}`,
    }),
  }),
});

builder.objectFields(GraphMutationRef, (t) => ({
  publishSubgraph: t.field({
    type: PublishResult,
    nullable: true,
    args: {
      graphVariant: t.arg.string({ required: true }),
      name: t.arg.string({ required: true }),
      url: t.arg.string(),
      revision: t.arg.string({ required: true }),
      activePartialSchema: t.arg({ type: PartialSchemaInput, required: true }),
      gitContext: t.arg({ type: GitContextInput }),
    },
    resolve: (graph, { graphVariant, name, url, revision, activePartialSchema, gitContext }, context) => {
      authoriseSubgraphs(authorise(context.key, graph.id, 'publish'), graphVariant, [name]);
      const { sdl } = activePartialSchema;
      if (!sdl)
        throw new Refusal('BAD_INPUT', `There is no schema of "${name}" in the request (activePartialSchema.sdl).`);
      return context.services.subgraphs.publish(
        { graphId: graph.id, variant: graphVariant },
        [{ name, url: url ?? null, sdl, revision: revision.slice(0, 128) }],
        attribution(context, gitContext),
      );
    },
  }),
  publishSubgraphs: t.field({
    type: PublishResult,
    nullable: true,
    description: 'Publishes several subgraphs in one launch: all of them, or none.',
    args: {
      graphVariant: t.arg.string({ required: true }),
      subgraphs: t.arg({ type: [SubgraphInput], required: true }),
      gitContext: t.arg({ type: GitContextInput }),
    },
    resolve: (graph, { graphVariant, subgraphs, gitContext }, context) => {
      const names = subgraphs.map(({ name }) => name);
      authoriseSubgraphs(authorise(context.key, graph.id, 'publish'), graphVariant, names);
      return context.services.subgraphs.publish(
        { graphId: graph.id, variant: graphVariant },
        subgraphs.map(({ name, url, sdl, revision }) => ({
          name,
          url: url ?? null,
          sdl,
          revision: (revision ?? '').slice(0, 128),
        })),
        attribution(context, gitContext),
      );
    },
  }),
}));

interface Removal {
  readonly errors: readonly CompositionFault[];
  readonly updatedGateway: boolean;
}

const RemovalResult = builder.objectRef<Removal>('CompositionAndRemoveResult').implement({
  fields: (t) => ({
    errors: t.field({ type: [CompositionErrorRef], resolve: ({ errors }) => [...errors] }),
    updatedGateway: t.exposeBoolean('updatedGateway'),
  }),
});

builder.objectField(GraphMutationRef, 'removeImplementingServiceAndTriggerComposition', (t) =>
  t.field({
    type: RemovalResult,
    // Not null in Apollo's API either: Rover reads no answer whose inner part is missing, so a refusal empties `graph`.
    args: {
      graphVariant: t.arg.string({ required: true }),
      name: t.arg.string({ required: true }),
      dryRun: t.arg.boolean({ defaultValue: false }),
    },
    resolve: async (graph, { graphVariant, name, dryRun }, context): Promise<Removal> => {
      authoriseSubgraphs(authorise(context.key, graph.id, 'publish'), graphVariant, [name]);
      const ref = { graphId: graph.id, variant: graphVariant };
      const { subgraphs } = context.services;
      const missing = () =>
        new Refusal('NOT_FOUND', `There is no subgraph "${name}" in "${printGraphRef(ref)}": see rover subgraph list.`);
      if (dryRun) {
        const errors = await subgraphs.previewRemoval(ref, name);
        if (!errors) throw missing();
        return { errors, updatedGateway: false };
      }
      const result = await subgraphs.remove(ref, name, attribution(context, null));
      if (!result) throw missing();
      return { errors: result.launch.errors, updatedGateway: result.launch.status === 'SUCCEEDED' };
    },
  }),
);
