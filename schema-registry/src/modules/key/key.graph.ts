import { builder } from '../../builder.ts';
import { Refusal } from '../../refusal.ts';
import type { Graph } from '../graph/graph.store.ts';
import { type Key, SCOPES, type Scope } from './key.policy.ts';
import { authorise } from './key.service.ts';

const ScopeRef = builder.enumType('KeyScope', { values: SCOPES });

/** The kinds that Rover knows; each is a set of scopes here. */
const KeyType = builder.enumType('GraphOsKeyType', {
  values: ['GATEWAY', 'OPERATOR', 'ROUTER', 'SCIM', 'SUBGRAPH'] as const,
});
const SCOPES_OF: Record<(typeof KeyType)['$inferType'], readonly Scope[] | null> = {
  OPERATOR: ['admin'],
  SUBGRAPH: ['publish'],
  ROUTER: ['router'],
  GATEWAY: ['router'],
  SCIM: null,
};

const SubgraphIdentifier = builder.inputType('SubgraphIdentifierInput', {
  fields: (t) => ({
    graphId: t.string({ required: true }),
    variantName: t.string({ required: true }),
    subgraphName: t.string({ required: true }),
  }),
});
const GatewayIdentifier = builder.inputType('GatewayIdentifierInput', {
  fields: (t) => ({ gatewayId: t.string({ required: true }) }),
});
const ResourceInput = builder.inputType('ApiKeyResourceInput', {
  fields: (t) => ({
    subgraphs: t.field({ type: [SubgraphIdentifier] }),
    gateways: t.field({ type: [GatewayIdentifier] }),
  }),
});

/** A key, with its text only where it was just made: what is stored is its hash. */
interface KeyNode extends Key {
  readonly token?: string;
}

const KeyRef = builder.objectRef<KeyNode>('GraphOsKey').implement({
  fields: (t) => ({
    id: t.exposeID('id'),
    keyName: t.exposeString('name', { nullable: true }),
    token: t.string({
      description: 'The key itself when it has just been made; its first characters afterwards.',
      resolve: ({ token, hint }) => token ?? hint,
    }),
    scopes: t.expose('scopes', { type: [ScopeRef] }),
    subgraphs: t.stringList({ resolve: ({ subgraphs }) => [...subgraphs] }),
    createdAt: t.expose('createdAt', { type: 'Timestamp' }),
    createdBy: t.exposeString('createdBy'),
    expiresAt: t.expose('expiresAt', { type: 'Timestamp', nullable: true }),
    revokedAt: t.expose('revokedAt', { type: 'Timestamp', nullable: true }),
    lastUsedAt: t.expose('lastUsedAt', { type: 'Timestamp', nullable: true }),
  }),
});

const KeyEdge = builder.objectRef<KeyNode>('GraphOsKeyEdge').implement({
  fields: (t) => ({ node: t.field({ type: KeyRef, resolve: (key) => key }) }),
});
const PageInfo = builder.objectRef<{ endCursor: string | null; hasNextPage: boolean }>('PageInfo').implement({
  fields: (t) => ({
    endCursor: t.exposeString('endCursor', { nullable: true }),
    hasNextPage: t.exposeBoolean('hasNextPage'),
  }),
});
const KeyConnection = builder.objectRef<{ keys: readonly Key[] }>('GraphOsKeyConnection').implement({
  fields: (t) => ({
    edges: t.field({ type: [KeyEdge], resolve: ({ keys }) => [...keys] }),
    pageInfo: t.field({ type: PageInfo, resolve: () => ({ endCursor: null, hasNextPage: false }) }),
  }),
});

/** A graph is its own organization here: its keys are managed under its id. */
const Organization = builder.objectRef<Graph>('Organization').implement({
  fields: (t) => ({
    id: t.exposeID('id'),
    apiKeys: t.field({
      type: KeyConnection,
      nullable: true,
      args: { after: t.arg.string() },
      resolve: async ({ id }, _, { services }) => ({
        keys: (await services.keys.list(id)).filter(({ revokedAt }) => revokedAt === null),
      }),
    }),
    apiKey: t.field({
      type: KeyRef,
      nullable: true,
      args: { keyId: t.arg.id({ required: true }) },
      resolve: ({ id }, { keyId }, { services }) => services.keys.existing(id, keyId),
    }),
  }),
});

const OrganizationMutation = builder.objectRef<Graph>('OrganizationMutation').implement({
  fields: (t) => ({
    createKey: t.field({
      type: KeyRef,
      args: {
        name: t.arg.string({ required: true }),
        type: t.arg({ type: KeyType, required: true }),
        resources: t.arg({ type: ResourceInput }),
      },
      resolve: async ({ id }, { name, type, resources }, { key, services }) => {
        const scopes = SCOPES_OF[type];
        if (!scopes) throw new Refusal('BAD_INPUT', `There are no keys of the type ${type} here.`);
        const subgraphs = resources?.subgraphs ?? [];
        const foreign = subgraphs.find(({ graphId }) => graphId !== id);
        if (foreign)
          throw new Refusal(
            'BAD_INPUT',
            `The key is one of the graph "${id}", and cannot be for a subgraph of "${foreign.graphId}".`,
          );
        if (type === 'SUBGRAPH' && subgraphs.length === 0)
          throw new Refusal(
            'BAD_INPUT',
            'A key of the type SUBGRAPH needs the subgraphs that it is for (Rover: --subgraph-config).',
          );
        const made = await services.keys.create({
          graphId: id,
          name,
          scopes,
          subgraphs: subgraphs.map(({ variantName, subgraphName }) => `${variantName}:${subgraphName}`),
          createdBy: key?.name ?? 'nobody',
        });
        return { ...made.key, token: made.token };
      },
    }),
    createScopedKey: t.field({
      type: KeyRef,
      description: 'A key with just the scopes that are named.',
      args: {
        name: t.arg.string({ required: true }),
        scopes: t.arg({ type: [ScopeRef], required: true }),
        expiresAt: t.arg({ type: 'Timestamp' }),
      },
      resolve: async ({ id }, { name, scopes, expiresAt }, { key, services }) => {
        const made = await services.keys.create({
          graphId: id,
          name,
          scopes,
          expiresAt: expiresAt ?? null,
          createdBy: key?.name ?? 'nobody',
        });
        return { ...made.key, token: made.token };
      },
    }),
    rotateKey: t.field({
      type: KeyRef,
      description: 'A new key with the rights of an old one; the old one works until it is deleted.',
      args: { keyId: t.arg.id({ required: true }) },
      resolve: async ({ id }, { keyId }, { key, services }) => {
        const made = await services.keys.rotate(id, keyId, key?.name ?? 'nobody');
        return { ...made.key, token: made.token };
      },
    }),
    renameKey: t.field({
      type: KeyRef,
      args: { keyId: t.arg.id({ required: true }), name: t.arg.string({ required: true }) },
      resolve: ({ id }, { keyId, name }, { services }) => services.keys.rename(id, keyId, name),
    }),
    deleteKey: t.field({
      type: 'ID',
      args: { keyId: t.arg.id({ required: true }) },
      resolve: async ({ id }, { keyId }, { services }) => {
        await services.keys.revoke(id, keyId);
        return keyId;
      },
    }),
  }),
});

builder.queryField('organization', (t) =>
  t.field({
    type: Organization,
    nullable: true,
    args: { id: t.arg.id({ required: true }) },
    resolve: (_, { id }, { key, services }) => {
      authorise(key, id, 'admin');
      return services.graphs.find(id);
    },
  }),
);
builder.mutationField('organization', (t) =>
  t.field({
    type: OrganizationMutation,
    nullable: true,
    args: { id: t.arg.id({ required: true }) },
    resolve: (_, { id }, { key, services }) => {
      authorise(key, id, 'admin');
      return services.graphs.find(id);
    },
  }),
);
