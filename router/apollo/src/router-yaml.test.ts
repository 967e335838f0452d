import { readFileSync } from 'node:fs';
import { CSRF_HEADERS, LIMITS, PROPAGATED, TIMEOUTS } from '@community/front-door/engine-settings';
import { findSubgraphs } from '@community/launcher/services';
import { expect, it } from 'vitest';
import { parse } from 'yaml';

/** `router.yaml` is read by the router itself, so it cannot be made from the shared settings; it must say the same. */
const config = parse(readFileSync('router/apollo/router.yaml', 'utf8'));

it('limits and waits as every engine does', () => {
  expect(config.limits.router).toMatchObject({
    http_max_request_bytes: LIMITS.bodyBytes,
    parser_max_tokens: LIMITS.tokens,
  });
  expect(config.traffic_shaping).toEqual({
    router: { timeout: `${TIMEOUTS.operationMs / 1_000}s` },
    all: { timeout: `${TIMEOUTS.subgraphMs / 1_000}s` },
  });
  expect(config.csrf.required_headers).toEqual(CSRF_HEADERS);
});

it('tells subgraphs of a request what every engine tells them, and proves that it is the router', () => {
  const { operations } = config.headers.all.request;
  const told = operations.flatMap((rule: { propagate?: { named: string } }) => rule.propagate?.named ?? []);
  expect(told.sort()).toEqual([...PROPAGATED].sort());
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the router's own way to name a variable.
  expect(operations).toContainEqual({ insert: { name: 'x-router-secret', value: '${env.ROUTER_SECRET}' } });
  expect(config.headers.all.request.masking.sensitive_headers).toContain('x-router-secret');
});

it('knows the address of each subgraph', () => {
  const names = findSubgraphs('.').map(({ name }) => name);
  expect(Object.keys(config.override_subgraph_url).sort()).toEqual(names.sort());
});
