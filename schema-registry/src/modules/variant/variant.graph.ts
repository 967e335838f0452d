import { builder } from '../../builder.ts';
import type { Context } from '../../context.ts';
import { parseGraphRef } from '../../names.ts';
import { Refusal } from '../../refusal.ts';
import { authorisedGraph, GraphMutationRef, GraphRef } from '../graph/graph.graph.ts';
import { authorise } from '../key/key.service.ts';
import type { Subgraph, Variant } from './variant.ts';

/** A subgraph with a way to its SDL that costs one statement for all subgraphs of a variant. */
export interface SubgraphNode extends Subgraph {
  readonly sdl: () => Promise<string>;
}

const PartialSchema = builder.objectRef<{ sdl: string }>('SubgraphSchema').implement({
  fields: (t) => ({ sdl: t.expose('sdl', { type: 'GraphQLDocument' }) }),
});

export const SubgraphRef = builder.objectRef<SubgraphNode>('GraphVariantSubgraph').implement({
  fields: (t) => ({
    name: t.exposeString('name'),
    url: t.exposeString('url', { nullable: true }),
    revision: t.exposeString('revision'),
    updatedAt: t.expose('updatedAt', { type: 'Timestamp' }),
    activePartialSchema: t.field({ type: PartialSchema, resolve: async ({ sdl }) => ({ sdl: await sdl() }) }),
  }),
});

/** The subgraphs of a variant; a contract shows those of its source. */
export async function subgraphsOf(variant: Variant, { services }: Context): Promise<SubgraphNode[]> {
  const subgraphs = await services.variants.subgraphs(variant.sourceId ?? variant.id);
  let bodies: Promise<string[]> | undefined;
  return subgraphs.map((subgraph, index) => ({
    ...subgraph,
    async sdl() {
      bodies ??= services.documents.load(subgraphs.map(({ sdlHash }) => sdlHash));
      return (await bodies)[index] ?? '';
    },
  }));
}

export const VariantRef = builder.objectRef<Variant>('GraphVariant').implement({
  isTypeOf: () => true,
  fields: (t) => ({
    id: t.id({ resolve: ({ graphId, name }) => `${graphId}@${name}` }),
    name: t.exposeString('name'),
    subgraphs: t.field({
      type: [SubgraphRef],
      nullable: true,
      description: 'Null when this is a graph without subgraphs.',
      resolve: async (variant, _, context) => {
        const subgraphs = await subgraphsOf(variant, context);
        return subgraphs.length > 0 ? subgraphs : null;
      },
    }),
    subgraph: t.field({
      type: SubgraphRef,
      nullable: true,
      args: { name: t.arg.id({ required: true }) },
      resolve: async (variant, { name }, context) =>
        (await subgraphsOf(variant, context)).find((subgraph) => subgraph.name === name) ?? null,
    }),
  }),
});

builder.objectField(VariantRef, 'sourceVariant', (t) =>
  t.field({
    type: VariantRef,
    nullable: true,
    description: 'What a contract is a part of.',
    resolve: ({ sourceId }, _, { services }) => (sourceId ? services.variants.byId(sourceId) : null),
  }),
);

export const VariantMutationRef = builder.objectRef<Variant>('GraphVariantMutation').implement({
  fields: (t) => ({ name: t.exposeString('name') }),
});

const DeleteResult = builder.objectRef<{ deleted: boolean }>('DeleteSchemaTagResult').implement({
  fields: (t) => ({ deleted: t.exposeBoolean('deleted') }),
});

builder.objectField(VariantMutationRef, 'delete', (t) =>
  t.field({
    type: DeleteResult,
    description: 'Removes the variant with its history, its contracts and its usage.',
    resolve: async (variant, _, { key, services }) => {
      authorise(key, variant.graphId, 'admin');
      const contracts = await services.variants.contractsOf(variant.id);
      if (contracts.length > 0)
        throw new Refusal(
          'CONFLICT',
          `"${variant.name}" has contracts: delete ${contracts.map(({ name }) => name).join(', ')} first.`,
        );
      await services.variants.delete(variant.id);
      await services.refresh();
      return { deleted: true };
    },
  }),
);

builder.objectFields(GraphRef, (t) => ({
  variants: t.field({
    type: [VariantRef],
    description: 'Those that something was published to; a contract once it is defined.',
    resolve: async (graph, _, { services }) => services.visibleVariants(graph.id),
  }),
  variant: t.field({
    type: VariantRef,
    nullable: true,
    args: { name: t.arg.string({ required: true }) },
    resolve: async (graph, { name }, { services }) => services.variants.find({ graphId: graph.id, variant: name }),
  }),
}));

builder.objectField(GraphMutationRef, 'variant', (t) =>
  t.field({
    type: VariantMutationRef,
    nullable: true,
    args: { name: t.arg.string({ required: true }) },
    resolve: async (graph, { name }, { services }) => services.variants.find({ graphId: graph.id, variant: name }),
  }),
);

const InvalidRefFormat = builder.objectRef<{ message: string }>('InvalidRefFormat').implement({
  isTypeOf: (value) => typeof value === 'object' && value !== null && 'message' in value,
  fields: (t) => ({ message: t.exposeString('message') }),
});

const VariantLookup = builder.unionType('GraphVariantLookup', {
  types: [InvalidRefFormat, VariantRef],
  resolveType: (value) => ('message' in value ? InvalidRefFormat : VariantRef),
});

builder.queryField('variant', (t) =>
  t.field({
    type: VariantLookup,
    nullable: true,
    args: { ref: t.arg.id({ required: true }) },
    resolve: async (_, { ref }, context) => {
      const parsed = parseGraphRef(ref);
      if (!parsed.graphId) return { message: `"${ref}" is not of the form graph@variant.` };
      const graph = await authorisedGraph(context, parsed.graphId, 'read');
      return graph && context.services.variants.find(parsed);
    },
  }),
);
