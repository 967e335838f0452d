import { mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Duplex } from 'node:stream';
import { printSubgraphSchema } from '@apollo/subgraph';
import type { FrontDoorServer } from '@community/front-door/server';
import { testConfig } from '@community/gateway/testing';
import { buildSubgraphSchema, createBuilder } from '@community/kit/builder';
import type { RequestContext } from '@community/kit/context';
import { createEventQueue, type EventQueue } from '@community/kit/event-queue';
import { createGraphqlHandler } from '@community/kit/graphql-handler';
import { listen } from '@community/kit/http';
import { createLog } from '@community/kit/log';
import { createMemberTokenVerifier } from '@community/kit/member-token';
import { createSubscriptions } from '@community/kit/subscriptions';
import { composeSupergraph } from '@community/rover/compose';
import { createMemberKey, type MemberKey, type TestMember } from '@community/testing/member-key';
import { serve } from '@community/testing/serve';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import type { GatewayConfig } from '../src/config.ts';
import { startGateway } from '../src/gateway.ts';

/** What routers of this graph know themselves by. */
export const SECRET = 'router-secret-of-tests-0123456789abcdef';
const log = createLog('test', process.env.LOG_LEVEL ?? 'silent');

/** One step of a counter; `by` is a member, whose name another subgraph knows. */
export interface Step {
  readonly counter: string;
  readonly number: number;
  readonly by: string;
  /** Makes the event's own field fail. */
  readonly broken?: boolean;
}

/** A subgraph as kit serves it, without a database. */
export async function startSubgraph(schema: GraphQLSchema, keys: MemberKey, port = 0) {
  const tokens = createMemberTokenVerifier({ fetchJwks: async () => keys.jwks });
  const context = (request: RequestContext) => request;
  const options = { domain: 'live', schema, log, routerSecret: SECRET, tokens, context };
  const graphql = await createGraphqlHandler(options);
  const subscriptions = createSubscriptions(options);
  const sockets = new Set<Duplex>();
  const server = await listen({
    host: '127.0.0.1',
    port,
    routes: { '/graphql': graphql.handler },
    onError: () => {},
    onUpgrade(request, socket, head) {
      sockets.add(socket);
      subscriptions.upgrade(request, socket, head);
    },
  });
  return {
    port: server.port,
    tokens,
    streams: subscriptions.streams,
    /** @param killed with no word to those who are connected */
    async stop({ killed = false } = {}) {
      if (killed) for (const socket of sockets) socket.destroy();
      await Promise.all([subscriptions.stop(), server.close()]);
      await graphql.stop();
    },
  };
}

/** Counters that clients follow. Every step has a number, and can be asked for afterwards. */
function createCounters() {
  const history = new Map<string, Step[]>();
  const listeners = new Map<string, Set<EventQueue<Step>>>();
  const counted = { subscribes: 0 };

  const builder = createBuilder<RequestContext>({ subscriptions: true });
  const Person = builder.objectRef<{ id: string }>('Person').implement({ fields: (t) => ({ id: t.exposeID('id') }) });
  builder.asEntity(Person, { key: builder.selection<{ id: string }>('id'), resolveReference: ({ id }) => ({ id }) });
  const StepType = builder.objectRef<Step>('Step').implement({
    fields: (t) => ({
      counter: t.exposeID('counter'),
      number: t.exposeInt('number'),
      by: t.field({ type: Person, nullable: true, resolve: ({ by }) => ({ id: by }) }),
      viewer: t.string({ nullable: true, resolve: (_, __, { member }) => member?.id ?? null }),
      padding: t.string({ args: { size: t.arg.int({ required: true }) }, resolve: (_, { size }) => 'x'.repeat(size) }),
      word: t.string({
        nullable: true,
        resolve({ broken }) {
          if (broken) throw new GraphQLError('no word', { extensions: { code: 'NO_WORD' } });
          return 'word';
        },
      }),
    }),
  });
  builder.queryField('stepsAfter', (t) =>
    t.field({
      type: [StepType],
      args: { counter: t.arg.id({ required: true }), number: t.arg.int({ required: true }) },
      resolve: (_, { counter, number }) => (history.get(counter) ?? []).filter((step) => step.number > number),
    }),
  );
  builder.mutationField('count', (t) => t.int({ resolve: () => 1 }));
  builder.subscriptionField('stepAdded', (t) =>
    t.field({
      type: StepType,
      args: { counter: t.arg.id({ required: true }) },
      subscribe(_, { counter }) {
        if (counter === 'forbidden') throw new GraphQLError('Not yours.', { extensions: { code: 'FORBIDDEN' } });
        counted.subscribes += 1;
        const all = listeners.get(counter) ?? new Set();
        listeners.set(counter, all);
        const queue = createEventQueue<Step>(() => all.delete(queue));
        all.add(queue);
        return queue;
      },
      resolve: (step) => step,
    }),
  );
  return {
    schema: buildSubgraphSchema(builder, { name: 'Test', description: 'Test' }),
    counted,
    listeners: (counter: string) => listeners.get(counter)?.size ?? 0,
    add(counter: string, by: string, options: { broken?: boolean } = {}): number {
      const steps = history.get(counter) ?? [];
      history.set(counter, steps);
      const step = { counter, number: steps.length + 1, by, ...options };
      steps.push(step);
      for (const queue of listeners.get(counter) ?? []) queue.push(step);
      return step.number;
    },
  };
}

function createPeople() {
  const counted = { fetches: 0 };
  const builder = createBuilder<RequestContext>({ subscriptions: true });
  const listeners = new Set<EventQueue<string>>();
  const Person = builder.objectRef<{ id: string }>('Person').implement({
    fields: (t) => ({
      id: t.exposeID('id'),
      name: t.string({ nullable: true, resolve: ({ id }) => `name of ${id}` }),
      seenBy: t.string({ nullable: true, resolve: (_, __, { member }) => member?.id ?? 'everybody' }),
    }),
  });
  builder.asEntity(Person, {
    key: builder.selection<{ id: string }>('id'),
    resolveReference({ id }) {
      counted.fetches += 1;
      if (id === 'missing') throw new GraphQLError('Nobody.', { extensions: { code: 'NOBODY' } });
      return { id };
    },
  });
  builder.queryField('people', (t) => t.int({ resolve: () => 0 }));
  builder.mutationField('greet', (t) => t.int({ resolve: () => 1 }));
  builder.subscriptionField('greeted', (t) =>
    t.string({
      subscribe() {
        const queue = createEventQueue<string>(() => listeners.delete(queue));
        listeners.add(queue);
        return queue;
      },
      resolve: (text) => text as string,
    }),
  );
  return {
    schema: buildSubgraphSchema(builder, { name: 'Test', description: 'Test' }),
    counted,
    listeners: () => listeners.size,
    greet(text: string): void {
      for (const queue of listeners) queue.push(text);
    },
  };
}

/** A running graph of two subgraphs: counters whose steps are followed, and the people who take them. */
export async function startLiveGraph(options: Partial<GatewayConfig> = {}) {
  const keys = createMemberKey();
  const auth = await serve((_, response) => response.end(JSON.stringify(keys.jwks)));
  const counters = createCounters();
  const people = createPeople();
  let counterProcess = await startSubgraph(counters.schema, keys);
  const peopleProcess = await startSubgraph(people.schema, keys);
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'live-')), 'supergraph.graphql');

  function publish(change: (sdl: string) => string = (sdl) => sdl): void {
    const composed = composeSupergraph([
      { name: 'counters', url: 'http://counters/graphql', sdl: printSubgraphSchema(counters.schema) },
      { name: 'people', url: 'http://people/graphql', sdl: change(printSubgraphSchema(people.schema)) },
    ]);
    if ('errors' in composed) throw new Error(JSON.stringify(composed.errors));
    writeFileSync(`${file}.new`, composed.supergraph);
    renameSync(`${file}.new`, file);
  }

  publish();
  const config = (port: number) =>
    testConfig({
      port,
      supergraphPath: file,
      subgraphUrls: {
        counters: `http://127.0.0.1:${counterProcess.port}`,
        people: `http://127.0.0.1:${peopleProcess.port}`,
        auth: auth.url,
      },
      routerSecret: SECRET,
      ...options,
    });
  let gateway: FrontDoorServer = await startGateway(config(0));
  const { port } = gateway;

  return {
    url: `http://127.0.0.1:${port}/graphql`,
    keys,
    counters,
    people,
    publish,
    documentsPath: `${file}.documents.json`,
    supergraphPath: file,
    subgraphUrls: () => config(0).subgraphUrls,
    member: (): TestMember => keys.member(),
    endSession: (member: TestMember) => counterProcess.tokens.endSession(member.sessionId),
    streams: () => counterProcess.streams(),
    stopCounters: () => counterProcess.stop(),
    killCounters: () => counterProcess.stop({ killed: true }),
    async startCounters() {
      counterProcess = await startSubgraph(counters.schema, keys, counterProcess.port);
    },
    async restartGateway() {
      await gateway.stop();
      gateway = await startGateway(config(port));
    },
    async [Symbol.asyncDispose]() {
      await gateway.stop();
      await Promise.all([counterProcess.stop(), peopleProcess.stop(), auth.close()]);
    },
  };
}

export type LiveGraph = Awaited<ReturnType<typeof startLiveGraph>>;
