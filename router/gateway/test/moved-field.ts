import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { testConfig } from '@community/gateway/testing';
import { createEventQueue, type EventQueue } from '@community/kit/event-queue';
import { composeSupergraph } from '@community/rover/compose';
import { openStream } from '@community/testing/live-stream';
import { createMemberKey, type TestMember } from '@community/testing/member-key';
import { serve } from '@community/testing/serve';
import { parse } from 'graphql';
import { replaceFile } from '../src/uplink.ts';
import { SECRET, startSubgraph } from './live-graph.ts';

const MONOLITH = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key"])
  type Query { thing: Thing! }
  type Subscription { thingTouched: Thing! }
  type Thing @key(fields: "id") { id: ID! servedBy: String! }`;
const shop = (label: string) => `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@override"])
  type Thing @key(fields: "id") { id: ID! servedBy: String! @override(from: "monolith", label: "${label}") }`;
const SERVED = '{ thing { servedBy } }';

/** Two subgraphs, and a field of one that moves to the other; it says who has answered it. */
export async function startMovedField(label: string) {
  const keys = createMemberKey();
  const auth = await serve((_, response) => response.end(JSON.stringify(keys.jwks)));
  const touches = new Set<EventQueue<object>>();
  const monolith = await startSubgraph(
    buildSubgraphSchema({
      typeDefs: parse(MONOLITH),
      resolvers: {
        Query: { thing: () => ({ id: '1' }) },
        Thing: { servedBy: () => 'monolith' },
        Subscription: {
          thingTouched: {
            subscribe() {
              const queue = createEventQueue<object>(() => touches.delete(queue));
              touches.add(queue);
              return queue;
            },
            resolve: (thing: object) => thing,
          },
        },
      } as never,
    }),
    keys,
  );
  const moved = await startSubgraph(
    buildSubgraphSchema({
      typeDefs: parse(shop(label)),
      resolvers: { Thing: { servedBy: () => 'shop', __resolveReference: (thing: object) => thing } } as never,
    }),
    keys,
  );
  const supergraphPath = path.join(mkdtempSync(path.join(tmpdir(), 'moved-field-')), 'supergraph.graphql');

  function publish(as: string): void {
    const composed = composeSupergraph([
      { name: 'monolith', url: 'http://monolith/graphql', sdl: MONOLITH },
      { name: 'shop', url: 'http://shop/graphql', sdl: shop(as) },
    ]);
    if ('errors' in composed) throw new Error(JSON.stringify(composed.errors));
    replaceFile(supergraphPath, composed.supergraph);
  }

  publish(label);
  const config = testConfig({
    supergraphPath,
    subgraphUrls: {
      monolith: `http://127.0.0.1:${monolith.port}`,
      shop: `http://127.0.0.1:${moved.port}`,
      auth: auth.url,
    },
    routerSecret: SECRET,
  });

  return {
    config,
    /** Composes the graph anew, with the field moved so far. */
    publish,
    members: (count: number): TestMember[] => Array.from({ length: count }, () => keys.member()),
    /** How many streams the monolith carries. */
    streams: () => touches.size,
    /** Sends an event into each stream. */
    touch(): void {
      for (const queue of touches) queue.push({ id: '1' });
    },
    async stop(): Promise<void> {
      await Promise.all([monolith.stop(), moved.stop(), auth.close()]);
    },
  };
}

export type MovedField = Awaited<ReturnType<typeof startMovedField>>;

/** @returns the subgraph that answers the field to a member, or to somebody without a token */
export async function servedBy(url: string, member: TestMember | null, more: Record<string, string> = {}) {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(member ? { authorization: `Bearer ${member.token}` } : {}),
      ...more,
    },
    body: JSON.stringify({ query: SERVED }),
  });
  const answer = (await response.json()) as { data?: { thing: { servedBy: string } } };
  if (!answer.data) throw new Error(JSON.stringify(answer));
  return answer.data.thing.servedBy;
}

/** @returns the members whom the new subgraph answers, in their order */
export async function movedAmong(url: string, members: readonly TestMember[]): Promise<TestMember[]> {
  const moved: TestMember[] = [];
  for (let i = 0; i < members.length; i += 20) {
    const some = members.slice(i, i + 20);
    const by = await Promise.all(some.map((member) => servedBy(url, member)));
    moved.push(...some.filter((_, n) => by[n] === 'shop'));
  }
  return moved;
}

/** Subscribes over a WebSocket, as a member or as nobody. */
export const followThing = (url: string, member: TestMember | null, more: Record<string, string> = {}) =>
  openStream<{ thingTouched: { servedBy: string } }>({
    url,
    operation: { query: 'subscription { thingTouched { servedBy } }' },
    headers: more,
    connectionParams: { ...more, ...(member ? { authorization: `Bearer ${member.token}` } : {}) },
  });
