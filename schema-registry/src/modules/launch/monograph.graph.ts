import { buildASTSchema, GraphQLError, parse, printSchema } from 'graphql';
import { builder } from '../../builder.ts';
import { attribution } from '../../context.ts';
import { checkedVariantName } from '../../names.ts';
import { Refusal } from '../../refusal.ts';
import type { SchemaChange } from '../../schema-diff/change.ts';
import { GraphMutationRef } from '../graph/graph.graph.ts';
import { authoriseWhole } from '../key/key.service.ts';
import { GitContextInput } from '../subgraph/subgraph.graph.ts';
import { checkedSdl } from '../subgraph/subgraph.service.ts';
import { VariantRef } from '../variant/variant.graph.ts';
import type { Launch } from './launch.ts';

const Schema = builder.objectRef<{ hash: string; document: string }>('Schema').implement({
  fields: (t) => ({ hash: t.exposeID('hash'), document: t.expose('document', { type: 'GraphQLDocument' }) }),
});

interface PublicationNode {
  readonly variantName: string;
  readonly launch: Launch;
  readonly hash: string;
}

const counts = builder
  .objectRef<{ additions: number; removals: number; edits: number }>('ChangeSummaryCounts')
  .implement({
    fields: (t) => ({
      additions: t.exposeInt('additions'),
      removals: t.exposeInt('removals'),
      edits: t.exposeInt('edits'),
    }),
  });

/** Counts changes by what was done to types, or to what they hold. */
function count(changes: readonly SchemaChange[], ofType: boolean) {
  const own = changes.filter(({ coordinate }) => /^\w+$/.test(coordinate) === ofType);
  const with_ = (part: string) => own.filter(({ code }) => code.includes(part)).length;
  const additions = with_('ADDED');
  const removals = with_('REMOVED');
  return { additions, removals, edits: own.length - additions - removals };
}

const Summary = builder.objectRef<readonly SchemaChange[]>('ChangeSummary').implement({
  fields: (t) => ({
    type: t.field({ type: counts, resolve: (changes) => count(changes, true) }),
    field: t.field({ type: counts, resolve: (changes) => count(changes, false) }),
  }),
});

const Difference = builder.objectRef<readonly SchemaChange[]>('SchemaDiff').implement({
  fields: (t) => ({ changeSummary: t.field({ type: Summary, resolve: (changes) => changes }) }),
});

const PublicationVariant = builder.objectRef<{ name: string }>('SchemaTagVariant').implement({
  fields: (t) => ({ name: t.exposeString('name') }),
});

const Publication = builder.objectRef<PublicationNode>('SchemaPublication').implement({
  fields: (t) => ({
    variant: t.field({ type: PublicationVariant, resolve: ({ variantName }) => ({ name: variantName }) }),
    schema: t.field({
      type: Schema,
      resolve: async ({ hash }, _, { services }) => {
        const [document = ''] = await services.documents.load([hash]);
        return { hash, document };
      },
    }),
    diffToPrevious: t.field({
      type: Difference,
      nullable: true,
      resolve: ({ launch }) => (launch.number > 1 ? launch.changes : null),
    }),
  }),
});

builder.objectField(VariantRef, 'latestPublication', (t) =>
  t.field({
    type: Publication,
    nullable: true,
    description: 'The schema that clients see.',
    resolve: async (variant, _, { services }) => {
      const launch = variant.currentLaunchId ? await services.launches.byId(variant.currentLaunchId) : null;
      return launch?.apiSchemaHash ? { variantName: variant.name, launch, hash: launch.apiSchemaHash } : null;
    },
  }),
);

const Upload = builder
  .objectRef<{ code: string; message: string; publication: PublicationNode | null }>('SchemaUploadResult')
  .implement({
    fields: (t) => ({
      code: t.exposeString('code'),
      message: t.exposeString('message'),
      success: t.boolean({ resolve: ({ publication }) => publication !== null }),
      publication: t.expose('publication', { type: Publication, nullable: true }),
    }),
  });

/** @throws Refusal that says where */
function checkedSchema(graphId: string, sdl: string): string {
  checkedSdl(graphId, sdl);
  try {
    return printSchema(buildASTSchema(parse(sdl)));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const at = error instanceof GraphQLError ? error.locations?.[0] : undefined;
    throw new Refusal(
      'BAD_INPUT',
      `The schema cannot be used: ${at ? `line ${at.line}, column ${at.column}: ` : ''}${error.message}`,
    );
  }
}

builder.objectField(GraphMutationRef, 'uploadSchema', (t) =>
  t.field({
    type: Upload,
    nullable: true,
    description: 'Publishes the schema of a graph that has no subgraphs.',
    args: {
      tag: t.arg.string({ required: true }),
      schemaDocument: t.arg.string(),
      gitContext: t.arg({ type: GitContextInput }),
    },
    resolve: async (graph, { tag, schemaDocument, gitContext }, context) => {
      authoriseWhole(context.key, graph.id, 'publish');
      checkedVariantName(tag);
      checkedSchema(graph.id, schemaDocument ?? '');
      const ref = { graphId: graph.id, variant: tag };
      const { launch } = await context.services.launcher.publishSchema(
        ref,
        schemaDocument ?? '',
        attribution(context, gitContext),
      );
      return {
        code: launch.changes.length === 0 && launch.number > 1 ? 'NO_CHANGES' : 'UPLOAD_SUCCESS',
        message: `Launch #${launch.number}`,
        publication: { variantName: tag, launch, hash: launch.apiSchemaHash ?? '' },
      };
    },
  }),
);
