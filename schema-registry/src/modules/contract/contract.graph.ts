import { builder } from '../../builder.ts';
import { attribution } from '../../context.ts';
import { Refusal } from '../../refusal.ts';
import { GraphMutationRef } from '../graph/graph.graph.ts';
import { authoriseWhole } from '../key/key.service.ts';
import type { Launch } from '../launch/launch.ts';
import { launchUrl } from '../subgraph/subgraph.graph.ts';
import { VariantRef } from '../variant/variant.graph.ts';
import type { Variant } from '../variant/variant.ts';
import { describeFilter } from './contract.service.ts';

builder.objectField(VariantRef, 'contractFilterConfigDescription', (t) =>
  t.string({
    nullable: true,
    description: 'What a contract shows; null of any other variant.',
    resolve: ({ contract }) => contract && describeFilter(contract),
  }),
);

const FilterConfig = builder.inputType('FilterConfigInput', {
  fields: (t) => ({
    include: t.stringList({ required: true }),
    exclude: t.stringList({ required: true }),
    hideUnreachableTypes: t.boolean({ required: true, defaultValue: false }),
  }),
});

interface Published {
  readonly variant: Variant;
  readonly launch: Launch | null;
}

const Success = builder.objectRef<Published>('ContractVariantUpsertSuccess').implement({
  fields: (t) => ({
    contractVariant: t.field({ type: VariantRef, resolve: ({ variant }) => variant }),
    launchUrl: t.string({
      nullable: true,
      resolve: ({ variant, launch }, _, context) => launch && launchUrl(context, { variant, launch }),
    }),
    launchCliCopy: t.string({
      nullable: true,
      resolve: ({ variant, launch }, _, context) =>
        launch &&
        `Launch #${launch.number} of the contract ${launch.status === 'SUCCEEDED' ? 'is in service' : 'failed'}: ${launchUrl(context, { variant, launch })}`,
    }),
  }),
});

const Errors = builder.objectRef<{ errorMessages: string[] }>('ContractVariantUpsertErrors').implement({
  fields: (t) => ({ errorMessages: t.exposeStringList('errorMessages') }),
});

const Result = builder.unionType('ContractVariantUpsertResult', {
  types: [Success, Errors],
  resolveType: (result) => ('errorMessages' in result ? Errors : Success),
});

builder.objectField(GraphMutationRef, 'upsertContractVariant', (t) =>
  t.field({
    type: Result,
    nullable: true,
    args: {
      contractVariantName: t.arg.string({ required: true }),
      sourceVariant: t.arg.string(),
      filterConfig: t.arg({ type: FilterConfig, required: true }),
      initiateLaunch: t.arg.boolean({ required: true, defaultValue: true }),
    },
    resolve: async (graph, { contractVariantName, sourceVariant, filterConfig, initiateLaunch }, context) => {
      authoriseWhole(context.key, graph.id, 'publish');
      try {
        const published = await context.services.contracts.publish(
          { graphId: graph.id, variant: contractVariantName },
          // Rover may name the source by its graph ref.
          sourceVariant?.split('@').at(-1) ?? null,
          filterConfig,
          initiateLaunch,
          attribution(context, null),
        );
        if (published.launch?.status === 'FAILED')
          return { errorMessages: published.launch.errors.map(({ message }) => message) };
        return published;
      } catch (error) {
        if (error instanceof Refusal) return { errorMessages: [error.message] };
        throw error;
      }
    },
  }),
);
