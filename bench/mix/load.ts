import { Agent } from 'undici';
import { type Operation, type Shown, statesOf } from './pages.ts';

export interface Load {
  readonly pages: number;
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
 * Opens pages from so many clients at once, each as soon as it has its answers. A page of a signed-in member is two
 * requests, one after the other: what everybody sees, and how she stands to it.
 * @param url of `/graphql`
 */
export async function drive(
  url: string,
  next: () => Operation | undefined,
  { clients, seconds }: { clients: number; seconds: number },
): Promise<Load> {
  const agent = new Agent({ connections: clients, pipelining: 1 });
  const { origin, pathname: path } = new URL(url);
  const latencies: number[] = [];
  const errors = new Set<string>();
  let [pages, requests, failed, bytes] = [0, 0, 0, 0];

  async function send({ query, variables, token }: Operation): Promise<Shown> {
    const start = performance.now();
    requests += 1;
    try {
      const response = await agent.request({
        ...{ origin, path, method: 'POST' },
        headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
        body: JSON.stringify({ query, variables }),
      });
      const text = await response.body.text();
      latencies.push(performance.now() - start);
      bytes += text.length;
      const answer = JSON.parse(text) as { data?: Shown; errors?: object[] };
      if (response.statusCode === 200 && answer.data && !answer.errors) return answer.data;
      failed += 1;
      if (errors.size < 5) errors.add(`${response.statusCode} ${text.slice(0, 300)}`);
    } catch (error) {
      failed += 1;
      errors.add(String(error));
    }
    return {};
  }

  const begin = performance.now();
  const end = begin + seconds * 1_000;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      for (let page = next(); page && performance.now() < end; page = next()) {
        pages += 1;
        const shown = await send(page);
        const states = page.token === undefined || page.isAlone ? null : statesOf(shown, page.token);
        if (states) await send(states);
      }
    }),
  );
  const elapsed = (performance.now() - begin) / 1_000;
  await agent.close();
  return { pages, requests, seconds: elapsed, latencies, failed, errors: [...errors], bytes };
}
