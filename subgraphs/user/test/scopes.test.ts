import { startDomain, type TestDomain } from '@community/testing/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { user } from '../src/user.ts';

let domain: TestDomain;
beforeAll(async () => {
  domain = await startDomain(user);
});
afterAll(() => domain[Symbol.asyncDispose]());

const viewer = async (as: { token: string }) => (await domain.query('{ viewer { id } }', {}, as)).data;
const mutate = async (as: { token: string }) => {
  const { status, errors } = await domain.query('mutation { __typename }', {}, as);
  return [status, errors?.[0]?.extensions?.code];
};

describe('an API token at a subgraph', () => {
  it('acts as the member within its scopes, and reads as everybody without them', async () => {
    const reader = domain.keys.member({ scope: 'content:write user:read' });
    expect(await viewer(reader)).toEqual({ viewer: { id: reader.id } });
    expect(await mutate(reader)).toEqual([403, 'INSUFFICIENT_SCOPE']);
    const writer = domain.keys.member({ scope: 'user:write' });
    expect(await viewer(writer)).toEqual({ viewer: null });
    expect(await mutate(writer)).toEqual([200, undefined]);
    const other = domain.keys.member({ scope: '' });
    expect(await viewer(other)).toEqual({ viewer: null });
    expect(await mutate(other)).toEqual([403, 'INSUFFICIENT_SCOPE']);
  });

  it('does not pass a mutation off as a query', async () => {
    const { token } = domain.keys.member({ scope: 'user:read' });
    const query = 'query A { __typename } mutation B { __typename }';
    const send = (operationName?: string) =>
      fetch(`${domain.url}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-router-secret': domain.env.ROUTER_SECRET ?? '',
          authorization: `Bearer ${token}`,
        },
        body: JSON.stringify({ query, operationName }),
      });
    expect((await send('B')).status).toBe(403);
    expect((await send('A')).status).toBe(200);
    // Which of the two is meant cannot be told, so neither is done.
    expect((await send()).status).toBe(400);
  });

  it('is not limited when it is the token of a session', async () => {
    const member = domain.keys.member();
    expect(await viewer(member)).toEqual({ viewer: { id: member.id } });
    expect(await mutate(member)).toEqual([200, undefined]);
  });
});
