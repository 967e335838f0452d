import { serve } from '@community/testing/serve';
import { expect, test } from 'vitest';
import { createEntitlements } from '../src/uplink/entitlement.ts';

const log = { warn() {} } as unknown as Parameters<typeof createEntitlements>[1];

test('without a licence it is null, and does not change', async () => {
  const ask = createEntitlements(undefined, log);
  expect(await ask('shop@current', null)).toEqual({ kind: 'entitlement', id: 'none', jwt: null });
  expect((await ask('shop@current', 'none')).kind).toBe('unchanged');
});

test("an operator's licence is passed on as Apollo signed it, asked for once a minute, and held while Apollo is away", async () => {
  let asked = 0;
  let working = true;
  const apollo = await serve(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    asked += 1;
    const { variables } = JSON.parse(Buffer.concat(chunks).toString()) as { variables: object };
    const routerEntitlements = working
      ? { __typename: 'RouterEntitlementsResult', entitlement: { jwt: JSON.stringify(variables) } }
      : { __typename: 'FetchError', message: 'away' };
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ data: { routerEntitlements } }));
  });
  const ask = createEntitlements({ endpoint: apollo.url, key: 'theirs', graphRef: 'mine@apollo' }, log);
  const answers = await Promise.all([ask('shop@current', null), ask('shop@current', null)]);
  for (const { jwt } of answers) expect(jwt).toBe('{"apiKey":"theirs","graphRef":"mine@apollo"}');
  expect(asked).toBe(1);
  expect((await ask('shop@current', answers[0]?.id ?? '')).kind).toBe('unchanged');
  working = false;
  expect((await ask('shop@current', null)).jwt).toContain('theirs');
  await apollo.close();
});
