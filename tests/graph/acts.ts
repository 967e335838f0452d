import { until } from '@community/testing/wait';
import type { Client, SignedIn } from './client.ts';

type Named = Record<string, { __typename: string } & Record<string, { id: string }>>;

/** Mutations as text, each tried until it goes well: a domain may not know yet of what another one has just done. */
export function createActs(client: Client) {
  /**
   * @param find what is looked for in the data; undefined when it did not go well
   * @throws Error with the mutation and the last answer
   */
  async function done<Found>(as: SignedIn, mutation: string, find: (data: never) => Found | undefined): Promise<Found> {
    return until(async () => {
      const answer = await client.ask<never>(`mutation { ${mutation} }`, {}, as);
      const found = answer.data && find(answer.data);
      if (!found) throw new Error(`${mutation}: ${JSON.stringify(answer)}`);
      return found;
    }, mutation);
  }

  return {
    done,

    /** @param thing the field of the success that has what was made. @returns its id */
    make: (as: SignedIn, field: string, input: string, thing: string): Promise<string> =>
      done(
        as,
        `${field}(input: ${input}) { __typename ... on ${field[0]?.toUpperCase()}${field.slice(1)}Success { ${thing} { id } } }`,
        (data: Named) => data[field]?.[thing]?.id,
      ),

    act: (as: SignedIn, field: string, input: string): Promise<true> =>
      done(
        as,
        `${field}(input: ${input}) { __typename }`,
        (data: Named) => !data[field]?.__typename.endsWith('Error') || undefined,
      ),
  };
}
