import { describe, expect, it } from 'vitest';
import { openDoor } from './testing.ts';

async function setup() {
  const door = await openDoor();
  door.problems.beginOAuth = {
    __typename: 'BeginOAuthSuccess',
    url: 'https://id.example/authorize',
    state: 'the-state',
  };
  const begin = (body: object, headers: Record<string, string> = {}) =>
    door.send('/auth/oauth/begin', { headers: { ...door.json, ...headers }, body: JSON.stringify(body) });
  const callBack = (query: string, cookie = '') =>
    fetch(`${door.url}/auth/oauth/callback/corp?${query}`, { redirect: 'manual', headers: { cookie } });
  return { ...door, begin, callBack };
}

const cookieOf = (response: Response) => response.headers.getSetCookie()[0]?.split(';')[0] ?? '';

describe('signing in at a provider', () => {
  it('binds the browser by a cookie, and comes back to the page that was named with a session', async () => {
    const { begin, callBack, asked } = await setup();
    const begun = await begin({ provider: 'corp', returnTo: '/boards?x=1' });
    expect(await begun.json()).toEqual({ data: { url: 'https://id.example/authorize' } });
    expect(begun.headers.getSetCookie()[0]).toMatch(/^oauth=[^;]+; Path=\/auth\/oauth; HttpOnly; SameSite=Lax/);
    const back = await callBack('code=abc&state=the-state', cookieOf(begun));
    expect([back.status, back.headers.get('location')]).toEqual([303, '/boards?x=1']);
    expect(back.headers.getSetCookie().map((cookie) => cookie.split('=')[0])).toEqual(['access', 'refresh', 'oauth']);
    expect(asked[1]?.variables.input).toEqual({
      provider: 'corp',
      state: 'the-state',
      parameters: 'code=abc&state=the-state',
    });
  });

  it('without that cookie is nothing that this browser began', async () => {
    const { callBack, asked, problems } = await setup();
    problems.completeOAuth = { __typename: 'InvalidChallengeError', code: 'INVALID_CHALLENGE', message: '', path: [] };
    const back = await callBack('code=abc&state=the-state');
    expect(asked[0]?.variables.input.state).toBe('');
    expect(back.headers.get('location')).toBe('/#error=INVALID_CHALLENGE');
    expect(back.headers.getSetCookie()).toHaveLength(1);
  });

  it.each([
    [{ __typename: 'SecondFactorRequired', challenge: 'abc', expiresAt: 'x' }, '/#secondFactor=abc'],
    [{ __typename: 'OAuthSignUpRequired', ticket: 'abc', expiresAt: 'x', email: null, name: null }, '/#signUp=abc'],
    [{ __typename: 'OAuthLinked', provider: 'corp' }, '/#linked=corp'],
  ])('tells the page what is next: %j', async (result, location) => {
    const { begin, callBack, problems } = await setup();
    const begun = await begin({ provider: 'corp' });
    problems.completeOAuth = result;
    expect((await callBack('code=abc', cookieOf(begun))).headers.get('location')).toBe(location);
  });

  it('leads to no other site, and is begun by none', async () => {
    const { begin } = await setup();
    for (const returnTo of ['https://evil.example', '//evil.example', '/\\evil.example', 'evil', '/a\r\nb', 7])
      expect((await begin({ provider: 'corp', returnTo })).status).toBe(400);
    expect((await begin({ provider: 'corp' }, { origin: 'https://evil.example' })).status).toBe(403);
  });
});
