import { describe, expect, it } from 'vitest';
import { isInScope, scopesOf } from './scopes.ts';

describe('the scopes of a token', () => {
  it('limit nothing where there are none, as with sessions', () => {
    expect(scopesOf(undefined)).toBeUndefined();
    expect(isInScope({}, 'content', 'mutation')).toBe(true);
  });

  it.each([
    ['content:read', 'content', 'query', true],
    ['content:read', 'content', 'subscription', true],
    ['content:read', 'content', 'mutation', false],
    ['content:write', 'content', 'mutation', true],
    ['content:write', 'content', 'query', false],
    ['content:read content:write', 'chat', 'query', false],
    ['', 'content', 'query', false],
  ] as const)('%j at %s for a %s: %s', (claim, domain, operation, allowed) => {
    expect(isInScope({ scopes: scopesOf(claim) }, domain, operation)).toBe(allowed);
  });
});
