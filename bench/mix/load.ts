import { zipf } from '@community/import/generate/zipf';
import { Agent } from 'undici';
import type { Community } from './community.ts';
import { COMMENT, FEED, LIKE, POST_PAGE, POST_STATES, PROFILE } from './operations.ts';

interface Operation {
  readonly query: string;
  readonly variables?: object;
  readonly token?: string | undefined;
}

export interface Load {
  readonly requests: number;
  readonly seconds: number;
  /** Of each request, in milliseconds. */
  readonly latencies: readonly number[];
  readonly failed: number;
  /** What was wrong, a few of them. */
  readonly errors: readonly string[];
  readonly bytes: number;
}

/**
 * The standard mix: 60 % feed of 20 posts with authors, counts and first comments; 20 % page of a post with 50 comments;
 * 10 % profile with followers; 10 % writes. Half of the reads are members', who ask for how they stand to the posts, too.
 */
export function createMix({ postIds, handles, tokens }: Community, random: () => number): () => Operation {
  const post = zipf(postIds.length, random);
  const member = zipf(handles.length, random);
  const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const read = (): Operation => {
    const kind = random() * 0.9;
    if (kind < 0.6) return { query: FEED };
    if (kind < 0.8) return { query: POST_PAGE, variables: { id: postIds[post()] } };
    return { query: PROFILE, variables: { handle: handles[member()] } };
  };
  return () => {
    if (random() < 0.1) {
      const postId = postIds[post()];
      return random() < 0.5
        ? { query: LIKE, variables: { input: { postId } }, token: one(tokens) }
        : { query: COMMENT, variables: { input: { postId, body: 'I see it like that, too.' } }, token: one(tokens) };
    }
    const operation = read();
    return random() < 0.5 ? operation : { ...operation, token: one(tokens) };
  };
}

/** Sends operations of a mix from so many clients at once, each as soon as it has its answer. */
export async function drive(
  url: string,
  next: () => Operation,
  { clients, seconds }: { clients: number; seconds: number },
): Promise<Load> {
  const agent = new Agent({ connections: clients, pipelining: 1 });
  const { origin } = new URL(url);
  const latencies: number[] = [];
  const errors = new Set<string>();
  let [requests, failed, bytes] = [0, 0, 0];

  async function send({ query, variables, token }: Operation): Promise<unknown> {
    const start = performance.now();
    requests += 1;
    try {
      const response = await agent.request({
        origin,
        path: '/graphql',
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
        body: JSON.stringify({ query, variables }),
      });
      const text = await response.body.text();
      latencies.push(performance.now() - start);
      bytes += text.length;
      if (response.statusCode === 200 && !text.includes('"errors":[')) return JSON.parse(text);
      failed += 1;
      if (errors.size < 5) errors.add(`${response.statusCode} ${text.slice(0, 300)}`);
    } catch (error) {
      failed += 1;
      errors.add(String(error));
    }
    return undefined;
  }

  const begin = performance.now();
  const end = begin + seconds * 1_000;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (performance.now() < end) {
        const operation = next();
        const answer = (await send(operation)) as
          | { data?: { feed?: { edges: { node: { id: string } }[] } } }
          | undefined;
        const feed = answer?.data?.feed;
        if (feed && operation.token)
          await send({
            query: POST_STATES,
            variables: { ids: feed.edges.map(({ node }) => node.id) },
            token: operation.token,
          });
      }
    }),
  );
  const elapsed = (performance.now() - begin) / 1_000;
  await agent.close();
  return { requests, seconds: elapsed, latencies, failed, errors: [...errors], bytes };
}
