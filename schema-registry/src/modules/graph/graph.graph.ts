import { builder } from '../../builder.ts';
import type { Context } from '../../context.ts';
import type { Scope } from '../key/key.policy.ts';
import { authorise } from '../key/key.service.ts';
import type { Graph } from './graph.store.ts';

const ActorType = builder.enumType('ActorType', { values: ['GRAPH', 'USER'] as const });

const Actor = builder.objectRef<{ type: 'GRAPH' | 'USER'; actorId: string }>('Actor').implement({
  fields: (t) => ({
    type: t.expose('type', { type: ActorType }),
    actorId: t.exposeID('actorId'),
  }),
});

interface Identified {
  readonly id: string;
}

export const Identity = builder.interfaceRef<Identified>('Identity').implement({
  fields: (t) => ({
    id: t.exposeID('id'),
    asActor: t.field({ type: Actor, resolve: ({ id }) => ({ type: 'GRAPH' as const, actorId: id }) }),
  }),
});

/** A graph as those who read it see it. */
export const GraphRef = builder.objectRef<Graph>('Graph').implement({
  interfaces: [Identity],
  isTypeOf: () => true,
  fields: (t) => ({
    title: t.exposeString('title'),
    createdAt: t.expose('createdAt', { type: 'Timestamp' }),
  }),
});

/** A graph as those who change it see it; every field of it asks for the scope that it needs. */
export const GraphMutationRef = builder.objectRef<Graph>('GraphMutation').implement({
  fields: (t) => ({ id: t.exposeID('id') }),
});

/** The graph, for a key that may do this with it. @throws Refusal */
export async function authorisedGraph(context: Context, id: string, needed: Scope): Promise<Graph | null> {
  authorise(context.key, id, needed);
  return context.services.graphs.find(id);
}

builder.queryFields((t) => ({
  frontendUrlRoot: t.string({
    description: 'Where people see this registry.',
    resolve: (_, __, { publicUrl }) => publicUrl,
  }),
  me: t.field({
    type: Identity,
    nullable: true,
    description: "The graph of the caller's key; null when the key is not known.",
    resolve: (_, __, { key, services }) => (key ? services.graphs.find(key.graphId) : null),
  }),
  graph: t.field({
    type: GraphRef,
    nullable: true,
    args: { id: t.arg.id({ required: true }) },
    resolve: (_, { id }, context) => authorisedGraph(context, id, 'read'),
  }),
}));

builder.mutationFields((t) => ({
  graph: t.field({
    type: GraphMutationRef,
    nullable: true,
    args: { id: t.arg.id({ required: true }) },
    resolve: (_, { id }, context) => authorisedGraph(context, id, 'read'),
  }),
}));
