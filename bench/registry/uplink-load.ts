import { setTimeout } from 'node:timers/promises';
import { Agent, request } from 'undici';
import type { RegistryProcess } from './server.ts';

const POLL_EVERY_MS = 10_000;

const QUERY = `query SupergraphSdlQuery($apiKey: String!, $graph_ref: String!, $ifAfterId: ID) {
  routerConfig(ref: $graph_ref, apiKey: $apiKey, ifAfterId: $ifAfterId) {
    __typename
    ... on RouterConfigResult { id supergraphSDL minDelaySeconds }
    ... on Unchanged { id minDelaySeconds }
    ... on FetchError { code message }
  }
}`;

export interface UplinkFigures {
  readonly polls: number;
  readonly errors: number;
  /** Seconds of the registry's CPU a second. */
  readonly cpu: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** Polls as so many routers do, each every ten seconds over a connection that stays open, spread evenly. */
export async function pollUplink(
  registry: RegistryProcess,
  graphRef: string,
  pollers: number,
  seconds: number,
  meanwhile: () => Promise<unknown> = async () => {},
): Promise<UplinkFigures> {
  const agent = new Agent({ connections: pollers, keepAliveTimeout: 60_000 });
  const durations: number[] = [];
  let errors = 0;

  async function poll(ifAfterId: string | null): Promise<string> {
    const start = performance.now();
    const { body } = await request(`${registry.url}/uplink`, {
      dispatcher: agent,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: QUERY, variables: { apiKey: registry.key, graph_ref: graphRef, ifAfterId } }),
    });
    const { data } = (await body.json()) as { data: { routerConfig: { id: string } } };
    durations.push(performance.now() - start);
    return data.routerConfig.id;
  }

  let id = await poll(null);
  durations.length = 0;
  const cpuBefore = registry.cpuSeconds();
  const start = performance.now();
  const count = Math.round((pollers * seconds * 1000) / POLL_EVERY_MS);
  const extra = meanwhile();
  const polls: Promise<unknown>[] = [];
  for (let index = 0; index < count; index += 1) {
    const due = start + (index * seconds * 1000) / count;
    const wait = due - performance.now();
    if (wait > 0) await setTimeout(wait);
    polls.push(
      poll(id).then(
        (next) => {
          id = next;
        },
        () => {
          errors += 1;
        },
      ),
    );
  }
  await Promise.all(polls);
  const elapsed = (performance.now() - start) / 1000;
  const cpu = (registry.cpuSeconds() - cpuBefore) / elapsed;
  await extra;
  await agent.close();
  durations.sort((a, b) => a - b);
  const at = (share: number) => durations[Math.min(durations.length - 1, Math.floor(durations.length * share))] ?? 0;
  return { polls: durations.length, errors, cpu, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) };
}
