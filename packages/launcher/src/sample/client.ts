import { setTimeout as pause } from 'node:timers/promises';

const TRIES = 6;
const FIRST_PAUSE_MS = 250;

export interface Client {
  /**
   * Sends one operation through the front door; tries again while the platform cannot answer.
   * @param token of the member who acts
   * @returns the data of the answer
   * @throws Error with the first message of a refused or failed operation
   */
  send<Data>(query: string, variables: object, token?: string): Promise<Data>;
}

class Unavailable extends Error {}

/** @param routerSecret exempts the client from limits on rates */
export function createClient(url: string, routerSecret: string): Client {
  async function once<Data>(query: string, variables: object, token?: string): Promise<Data> {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      signal: AbortSignal.timeout(15_000),
      headers: {
        'content-type': 'application/json',
        'x-router-secret': routerSecret,
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      body: JSON.stringify({ query, variables }),
    }).catch((error: unknown) => {
      throw new Unavailable(String(error));
    });
    if (response.status >= 500) throw new Unavailable(`the graph answered ${response.status}`);
    const { data, errors } = (await response.json()) as { data?: Data; errors?: { message: string }[] };
    // A field that failed may be one whose subgraph is just being started again.
    if (errors?.length) throw response.ok ? new Unavailable(errors[0]?.message) : new Error(errors[0]?.message);
    return data as Data;
  }

  return {
    async send(query, variables, token) {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await once(query, variables, token);
        } catch (error) {
          if (!(error instanceof Unavailable) || attempt === TRIES) throw error;
          await pause(FIRST_PAUSE_MS * 2 ** (attempt - 1));
        }
      }
    },
  };
}

/** Does the work for every item, a few at a time, begun in the items' order. */
export async function forEachOf<Item>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item, index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  async function worker(): Promise<void> {
    for (let index = next++; index < items.length; index = next++) await work(items[index] as Item, index);
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
}
