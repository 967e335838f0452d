import { createHash } from 'node:crypto';
import type { Logger } from '@community/kit/log';
import { z } from 'zod';
import type { Entitlement } from './schema.ts';

const REQUEST_MS = 10_000;
const REFRESH_MS = 60_000;
/** Apollo's own Uplink. */
export const APOLLO_UPLINK = 'https://uplink.api.apollographql.com/';

/** The operator's own account with Apollo, whose licence her routers run by. */
export interface EntitlementSource {
  readonly endpoint: string;
  readonly key: string;
  /** At Apollo, not here. */
  readonly graphRef: string;
}

const answer = z.object({
  data: z.object({
    routerEntitlements: z.object({
      __typename: z.string(),
      entitlement: z.object({ jwt: z.string() }).nullish(),
      message: z.string().optional(),
    }),
  }),
});

const QUERY = `query RouterEntitlements($apiKey: String!, $graphRef: String!) {
  routerEntitlements(apiKey: $apiKey, ref: $graphRef) {
    __typename
    ... on RouterEntitlementsResult { entitlement { jwt } }
    ... on FetchError { message }
  }
}`;

async function fetchFrom({ endpoint, key, graphRef }: EntitlementSource): Promise<string | null> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: QUERY, variables: { apiKey: key, graphRef } }),
    signal: AbortSignal.timeout(REQUEST_MS),
  });
  const { routerEntitlements: result } = answer.parse(await response.json()).data;
  if (result.__typename !== 'RouterEntitlementsResult') throw new Error(result.message ?? result.__typename);
  return result.entitlement?.jwt ?? null;
}

/**
 * What routers are told of licences. They are Apollo's to sign, so none is made here: without a source it is always
 * null, and routers run without what Apollo licenses; with one, Apollo's answer is passed on unchanged. While Apollo
 * does not answer, the last answer holds; it carries its own end.
 */
export function createEntitlements(source: EntitlementSource | undefined, log: Logger) {
  let jwt: string | null = null;
  let freshTill = 0;
  let asking: Promise<void> | undefined;

  async function refresh(from: EntitlementSource): Promise<void> {
    try {
      jwt = await fetchFrom(from);
    } catch (error) {
      log.warn({ err: error }, "Apollo's Uplink does not tell the licence; what it told last holds");
    }
    freshTill = Date.now() + REFRESH_MS;
    asking = undefined;
  }

  return async (_graphRef: string, ifAfterId: string | null): Promise<Entitlement> => {
    if (source && Date.now() >= freshTill) {
      asking ??= refresh(source);
      await asking;
    }
    const id = jwt === null ? 'none' : createHash('sha256').update(jwt).digest('hex');
    return { kind: ifAfterId === id ? 'unchanged' : 'entitlement', id, jwt };
  };
}
