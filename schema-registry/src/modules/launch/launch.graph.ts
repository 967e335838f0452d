import { builder } from '../../builder.ts';
import { attribution } from '../../context.ts';
import { Refusal } from '../../refusal.ts';
import type { SchemaChange } from '../../schema-diff/change.ts';
import { GraphMutationRef } from '../graph/graph.graph.ts';
import { authoriseWhole } from '../key/key.service.ts';
import { CompositionErrorRef, launchUrl } from '../subgraph/subgraph.graph.ts';
import { VariantRef } from '../variant/variant.graph.ts';
import type { Variant } from '../variant/variant.ts';
import type { LaunchDifference, SubgraphDifference } from './history.service.ts';
import type { Launch } from './launch.ts';

const HISTORY_PAGE = 100;

/** A launch with the variant it belongs to. */
interface LaunchNode extends Launch {
  readonly variant: Variant;
}

const Status = builder.enumType('LaunchStatus', { values: ['LAUNCH_COMPLETED', 'LAUNCH_FAILED'] as const });

export const SchemaChangeRef = builder.objectRef<SchemaChange>('SchemaChange').implement({
  fields: (t) => ({
    code: t.exposeString('code'),
    coordinate: t.exposeString('coordinate'),
    description: t.exposeString('description'),
    impact: t.string({
      description: 'ifUsed: breaks clients that use it; dangerous: may surprise them; safe.',
      resolve: ({ impact }) => impact,
    }),
  }),
});

const CoreSchema = builder.objectRef<{ coreDocument: string }>('CoreSchema').implement({
  fields: (t) => ({ coreDocument: t.expose('coreDocument', { type: 'GraphQLDocument' }) }),
});

const BuildError = builder.objectRef<{ message: string; code: string }>('BuildError').implement({
  fields: (t) => ({ message: t.exposeString('message'), code: t.exposeString('code') }),
});

const BuildSuccess = builder.objectRef<{ hash: string }>('BuildSuccess').implement({
  fields: (t) => ({
    coreSchema: t.field({
      type: CoreSchema,
      resolve: async ({ hash }, _, { services }) => {
        const [coreDocument = ''] = await services.documents.load([hash]);
        return { coreDocument };
      },
    }),
  }),
});

const BuildFailure = builder.objectRef<{ errors: Launch['errors'] }>('BuildFailure').implement({
  fields: (t) => ({ errorMessages: t.field({ type: [BuildError], resolve: ({ errors }) => [...errors] }) }),
});

const BuildResult = builder.unionType('BuildResult', {
  types: [BuildSuccess, BuildFailure],
  resolveType: (result) => ('hash' in result ? BuildSuccess : BuildFailure),
});

const Build = builder.objectRef<LaunchNode>('Build').implement({
  fields: (t) => ({
    result: t.field({
      type: BuildResult,
      resolve: ({ supergraphHash, errors }) => (supergraphHash ? { hash: supergraphHash } : { errors }),
    }),
  }),
});

const CompositionBuildInput = builder.objectRef<{ version: string }>('CompositionBuildInput').implement({
  fields: (t) => ({ version: t.exposeString('version') }),
});

const BuildInput = builder.unionType('BuildInput', {
  types: [CompositionBuildInput],
  resolveType: () => CompositionBuildInput,
});

const GitContextRef = builder.objectRef<Launch['git']>('GitContext').implement({
  fields: (t) => ({
    branch: t.exposeString('branch', { nullable: true }),
    commit: t.exposeString('commit', { nullable: true }),
    committer: t.exposeString('committer', { nullable: true }),
    message: t.exposeString('message', { nullable: true }),
    remoteUrl: t.exposeString('remoteUrl', { nullable: true }),
  }),
});

export const LaunchRef = builder.objectRef<LaunchNode>('Launch').implement({
  fields: (t) => ({
    id: t.exposeID('id'),
    number: t.exposeInt('number'),
    kind: t.exposeString('kind'),
    status: t.field({
      type: Status,
      resolve: ({ status }) => (status === 'SUCCEEDED' ? 'LAUNCH_COMPLETED' : 'LAUNCH_FAILED'),
    }),
    inService: t.boolean({ resolve: ({ id, variant }) => variant.currentLaunchId === id }),
    createdAt: t.expose('createdAt', { type: 'Timestamp' }),
    actor: t.exposeString('actor'),
    client: t.exposeString('client'),
    summary: t.exposeString('summary'),
    git: t.expose('git', { type: GitContextRef }),
    errors: t.field({ type: [CompositionErrorRef], resolve: ({ errors }) => [...errors] }),
    hints: t.exposeStringList('hints'),
    changes: t.field({ type: [SchemaChangeRef], resolve: ({ changes }) => [...changes] }),
    compositionMs: t.exposeInt('compositionMs'),
    url: t.string({ resolve: (launch, _, context) => launchUrl(context, { variant: launch.variant, launch }) }),
    build: t.field({ type: Build, nullable: true, resolve: (launch) => launch }),
    buildInput: t.field({
      type: BuildInput,
      nullable: true,
      // The composition library follows Apollo Federation 2; Rover takes a major version or an exact one.
      resolve: () => ({ version: '2' }),
    }),
  }),
});

builder.objectFields(VariantRef, (t) => ({
  latestLaunch: t.field({
    type: LaunchRef,
    nullable: true,
    resolve: async (variant, _, { services }) => {
      const launch = variant.latestLaunchId ? await services.launches.byId(variant.latestLaunchId) : null;
      return launch && { ...launch, variant };
    },
  }),
  latestApprovedLaunch: t.field({
    type: LaunchRef,
    nullable: true,
    description: 'The launch in service; while none ever was, the latest, so that its faults can be read.',
    resolve: async (variant, _, { services }) => {
      const id = variant.currentLaunchId ?? variant.latestLaunchId;
      const launch = id ? await services.launches.byId(id) : null;
      return launch && { ...launch, variant };
    },
  }),
  launches: t.field({
    type: [LaunchRef],
    description: 'Newest first.',
    args: {
      first: t.arg.int({ defaultValue: 20 }),
      before: t.arg.int({ description: 'A number: only earlier ones.' }),
    },
    resolve: async (variant, { first, before }, { services }) => {
      if (first === null || first === undefined || first < 1 || first > HISTORY_PAGE)
        throw new Refusal('BAD_INPUT', `first is 1 to ${HISTORY_PAGE}.`);
      const launches = await services.launches.history(variant.id, first, before ?? undefined);
      return launches.map((launch) => ({ ...launch, variant }));
    },
  }),
}));

const SubgraphDifferenceRef = builder.objectRef<SubgraphDifference>('SubgraphDifference').implement({
  fields: (t) => ({ name: t.exposeString('name'), kind: t.exposeString('kind') }),
});

const LaunchDifferenceRef = builder.objectRef<LaunchDifference>('LaunchDifference').implement({
  fields: (t) => ({
    subgraphs: t.field({ type: [SubgraphDifferenceRef], resolve: ({ subgraphs }) => [...subgraphs] }),
    changes: t.field({ type: [SchemaChangeRef], resolve: ({ changes }) => [...changes] }),
  }),
});

builder.objectField(VariantRef, 'difference', (t) =>
  t.field({
    type: LaunchDifferenceRef,
    nullable: true,
    description: 'How two launches differ, by their numbers.',
    args: { from: t.arg.int({ required: true }), to: t.arg.int({ required: true }) },
    resolve: ({ graphId, name }, { from, to }, { services }) =>
      services.history.difference({ graphId, variant: name }, from, to),
  }),
);

builder.objectField(GraphMutationRef, 'rollback', (t) =>
  t.field({
    type: LaunchRef,
    nullable: true,
    description: 'Puts an earlier launch in service again, as a launch of its own.',
    args: {
      graphVariant: t.arg.string({ required: true }),
      to: t.arg.int({ description: 'Its number; default: the last one with another schema.' }),
    },
    resolve: async (graph, { graphVariant, to }, context) => {
      authoriseWhole(context.key, graph.id, 'publish');
      const ref = { graphId: graph.id, variant: graphVariant };
      const { launch, variant } = await context.services.history.rollback(ref, to ?? null, attribution(context, null));
      return { ...launch, variant };
    },
  }),
);
