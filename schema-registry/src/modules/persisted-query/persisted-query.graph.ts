import { builder } from '../../builder.ts';
import { Refusal } from '../../refusal.ts';
import { GraphMutationRef, GraphRef } from '../graph/graph.graph.ts';
import { authoriseWhole } from '../key/key.service.ts';
import { VariantRef } from '../variant/variant.graph.ts';
import type { PublishedManifest } from './persisted-query.service.ts';
import type { PersistedQuery, PersistedQueryList, Revision } from './persisted-query.store.ts';

const OperationType = builder.enumType('OperationType', { values: ['QUERY', 'MUTATION', 'SUBSCRIPTION'] as const });

const PersistedQueryInput = builder.inputType('PersistedQueryInput', {
  fields: (t) => ({
    id: t.id({ required: true }),
    body: t.field({ type: 'GraphQLDocument', required: true }),
    name: t.string({ required: true }),
    type: t.field({ type: OperationType, required: true }),
    clientName: t.string({ description: 'With it, the id is told apart from the same id of other clients.' }),
  }),
});

const PersistedQueryKeyInput = builder.inputType('PersistedQueryKeyInput', {
  fields: (t) => ({ id: t.id({ required: true }), clientName: t.string() }),
});

const QueryRef = builder.objectRef<PersistedQuery>('PersistedQuery').implement({
  fields: (t) => ({
    id: t.exposeID('id'),
    clientName: t.string({ nullable: true, resolve: ({ clientName }) => clientName || null }),
    name: t.exposeString('name'),
    type: t.exposeString('type'),
    body: t.expose('body', { type: 'GraphQLDocument' }),
    addedIn: t.exposeInt('addedIn'),
    removedIn: t.exposeInt('removedIn', { nullable: true }),
    servedTill: t.expose('servedTill', { type: 'Timestamp', nullable: true }),
    lastUsedAt: t.expose('lastUsedAt', { type: 'Timestamp', nullable: true }),
  }),
});

const ListRef = builder.objectRef<PersistedQueryList>('PersistedQueryList').implement({
  fields: (t) => ({
    id: t.exposeID('id'),
    name: t.exposeString('name'),
    revision: t.exposeInt('revision'),
    operations: t.field({ type: [QueryRef], resolve: ({ id }, _, { services }) => services.queryStore.served(id) }),
  }),
});

builder.objectField(VariantRef, 'persistedQueryList', (t) =>
  t.field({
    type: ListRef,
    nullable: true,
    resolve: ({ graphId, listId }, _, { services }) => (listId ? services.queryStore.byId(graphId, listId) : null),
  }),
);

builder.objectField(GraphRef, 'persistedQueryList', (t) =>
  t.field({
    type: ListRef,
    nullable: true,
    args: { id: t.arg.id({ required: true }) },
    resolve: ({ id: graphId }, { id }, { services }) => services.findList(graphId, id),
  }),
);

const Counts = builder.objectRef<PublishedManifest['counts']>('PersistedQueriesPublishOperationCounts').implement({
  fields: (t) => ({
    added: t.exposeInt('added'),
    identical: t.exposeInt('identical'),
    updated: t.exposeInt('updated'),
    unaffected: t.exposeInt('unaffected'),
    removed: t.exposeInt('removed'),
  }),
});

const Publish = builder.objectRef<PublishedManifest>('PersistedQueriesPublish').implement({
  fields: (t) => ({ operationCounts: t.field({ type: Counts, resolve: ({ counts }) => counts }) }),
});

const BuildRef = builder.objectRef<PublishedManifest>('PersistedQueryListBuild').implement({
  fields: (t) => ({
    revision: t.int({ resolve: ({ list }) => list.revision }),
    list: t.field({ type: ListRef, resolve: ({ list }) => list }),
    publish: t.field({ type: Publish, resolve: (published) => published }),
  }),
});

const PublishResult = builder
  .objectRef<PublishedManifest & { kind: 'published' }>('PublishOperationsResult')
  .implement({
    fields: (t) => ({
      unchanged: t.exposeBoolean('unchanged'),
      build: t.field({ type: BuildRef, resolve: (published) => published }),
    }),
  });

interface Failure {
  readonly kind: 'permission' | 'body';
  readonly message: string;
}

export const PermissionErrorRef = builder.objectRef<{ message: string }>('PermissionError').implement({
  fields: (t) => ({ message: t.exposeString('message') }),
});

const BodyError = builder.objectRef<Failure>('CannotModifyOperationBodyError').implement({
  fields: (t) => ({ message: t.exposeString('message') }),
});

const PublishResponse = builder.unionType('PublishOperationsResponse', {
  types: [PublishResult, PermissionErrorRef, BodyError],
  resolveType: (result) =>
    !('kind' in result) || result.kind === 'permission'
      ? PermissionErrorRef
      : result.kind === 'body'
        ? BodyError
        : PublishResult,
});

const RevisionRef = builder.objectRef<Revision>('PersistedQueryListRevision').implement({
  fields: (t) => ({
    revision: t.exposeInt('revision'),
    createdAt: t.expose('createdAt', { type: 'Timestamp' }),
    actor: t.exposeString('actor'),
    added: t.exposeInt('added'),
    updated: t.exposeInt('updated'),
    removed: t.exposeInt('removed'),
    expired: t.exposeInt('expired', { description: 'Removed ones whose grace was over.' }),
  }),
});

builder.objectField(ListRef, 'revisions', (t) =>
  t.field({ type: [RevisionRef], resolve: ({ id }, _, { services }) => services.queryStore.revisions(id) }),
);

const ListMutation = builder.objectRef<PersistedQueryList>('PersistedQueryListMutation').implement({
  fields: (t) => ({
    publishOperations: t.field({
      // Not null, as in Apollo's API: so a refusal empties the list, and Rover shows its message.
      type: PublishResponse,
      args: { operations: t.arg({ type: [PersistedQueryInput] }) },
      resolve: async (list, { operations }, { key, services }) => {
        try {
          authoriseWhole(key, list.graphId, 'publish');
        } catch (error) {
          if (error instanceof Refusal) return { kind: 'permission' as const, message: error.message };
          throw error;
        }
        const published = await services.persistedQueries.publish(
          list,
          (operations ?? []).map((operation) => ({ ...operation, clientName: operation.clientName ?? '' })),
          key?.name ?? 'nobody',
        );
        if ('conflict' in published)
          return {
            kind: 'body' as const,
            message: `The operation "${published.conflict.name}" has the id ${published.conflict.id} of another one that is in the list with another body. An id stands for one body: publish the changed operation under a new id.`,
          };
        return { kind: 'published' as const, ...published };
      },
    }),
    removeOperations: t.field({
      type: RevisionRef,
      nullable: true,
      description: 'They are served for a grace of so many days, and for as long as clients still send them.',
      args: {
        operations: t.arg({ type: [PersistedQueryKeyInput], required: true }),
        graceDays: t.arg.int({ defaultValue: 30 }),
      },
      resolve: (list, { operations, graceDays }, { key, services }) =>
        services.persistedQueries.remove(
          list,
          operations.map(({ id, clientName }) => ({ id, clientName: clientName ?? '' })),
          authoriseWhole(key, list.graphId, 'publish').name,
          graceDays ?? undefined,
        ),
    }),
  }),
});

builder.objectField(GraphMutationRef, 'persistedQueryList', (t) =>
  t.field({
    type: ListMutation,
    args: { id: t.arg.id({ required: true }) },
    resolve: async ({ id: graphId }, { id }, { services }) => {
      const list = await services.findList(graphId, id);
      if (!list) throw new Refusal('NOT_FOUND', `The graph "${graphId}" has no list of persisted queries "${id}".`);
      return list;
    },
  }),
);
