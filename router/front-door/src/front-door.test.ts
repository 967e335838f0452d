import { newId } from '@community/kit/ids';
import { describe, expect, it } from 'vitest';
import { openDoor, SECRET } from './testing.ts';

const cookiePair = (response: Response) =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');

describe('an API token', () => {
  it('is exchanged for an access token, once for as long as that is good', async () => {
    const { send, json, member, asked, reached, problems } = await openDoor();
    problems.exchangeApiToken = {
      __typename: 'ExchangeApiTokenSuccess',
      accessToken: member.token,
      accessTokenExpiresAt: new Date(Date.now() + 600_000),
    };
    const ask = () => send('/graphql', { headers: { ...json, authorization: 'Bearer cpat_secret' }, body: '{}' });
    await Promise.all([ask(), ask()]);
    expect((await ask()).status).toBe(200);
    expect(asked.map(({ variables }) => variables.input)).toEqual([{ token: 'cpat_secret' }]);
    expect(reached.map(({ authorization }) => authorization)).toEqual(new Array(3).fill(`Bearer ${member.token}`));
  });

  it('that is no good is refused before the graph, and asked for again the next time', async () => {
    const { send, json, asked, reached, problems } = await openDoor();
    const message = 'This API token was revoked.';
    problems.exchangeApiToken = { __typename: 'InvalidApiTokenError', code: 'INVALID_API_TOKEN', message, path: [] };
    for (let i = 0; i < 2; i += 1) {
      const answer = await send('/graphql', { headers: { ...json, authorization: 'Bearer cpat_x' }, body: '{}' });
      expect(answer.status).toBe(401);
      expect(await answer.json()).toEqual({ errors: [{ message, extensions: { code: 'INVALID_API_TOKEN' } }] });
    }
    expect([asked.length, reached.length]).toEqual([2, 0]);
  });
});

describe("a browser's session", () => {
  it('begins with cookies that scripts cannot read, and no token in the answer', async () => {
    const { send, json, member, asked } = await openDoor();
    const response = await send('/auth/sign-in', {
      headers: json,
      body: JSON.stringify({ email: 'mina@example.com', password: 'correct horse' }),
    });
    expect(response.status).toBe(200);
    expect(asked[0]?.variables.input).toEqual({ email: 'mina@example.com', password: 'correct horse' });
    const text = await response.text();
    expect(text).toContain(member.id);
    expect(text).not.toContain(member.token);
    expect(text).not.toContain('refresh-1');
    const [access, refresh] = response.headers.getSetCookie();
    expect(access).toMatch(/^access=.+; Path=\/; HttpOnly; SameSite=Lax; Expires=/);
    expect(refresh).toMatch(/^refresh=refresh-1; Path=\/auth; HttpOnly; SameSite=Lax; Expires=/);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('is bound to a secure origin where there is one', async () => {
    const { send, json } = await openDoor({ publicUrl: 'https://community.example.com' });
    const response = await send('/auth/sign-up', {
      headers: { ...json, origin: 'https://community.example.com' },
      body: '{}',
    });
    expect(response.status).toBe(201);
    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^__Host-access=.*Path=\/;.*Secure$/),
      expect.stringMatching(/^__Secure-refresh=.*Secure$/),
    ]);
    expect(response.headers.get('strict-transport-security')).toContain('max-age');
  });

  it('waits for the second factor where the member has one', async () => {
    const { send, json, problems, asked } = await openDoor();
    const expiresAt = new Date(Date.now() + 600_000).toISOString();
    problems.signIn = { __typename: 'SecondFactorRequired', challenge: 'abc', expiresAt };
    const first = await send('/auth/sign-in', { headers: json, body: '{}' });
    expect(first.headers.getSetCookie()).toEqual([]);
    expect(await first.json()).toEqual({ data: { secondFactor: { challenge: 'abc', expiresAt } } });
    const input = { challenge: 'abc', code: '123456' };
    const second = await send('/auth/second-factor', { headers: json, body: JSON.stringify(input) });
    expect(second.headers.getSetCookie()).toHaveLength(2);
    expect(asked[1]?.variables.input).toEqual(input);
  });

  it('gives its token to the graph, and nothing of the cookie', async () => {
    const { send, json, member, reached } = await openDoor();
    const signedIn = await send('/auth/sign-in', { headers: json, body: '{}' });
    await send('/graphql', { headers: { ...json, cookie: cookiePair(signedIn) }, body: '{}' });
    expect(reached[0]?.authorization).toBe(`Bearer ${member.token}`);
    expect(reached[0]?.cookie).toBeUndefined();
    await send('/graphql', {
      headers: { ...json, cookie: cookiePair(signedIn), authorization: 'Bearer of-an-app' },
      body: '{}',
    });
    expect(reached[1]?.authorization).toBe('Bearer of-an-app');
  });

  it('is told who it is without its tokens', async () => {
    const { send, member } = await openDoor();
    const session = await send('/auth/session', { method: 'GET', headers: { cookie: `access=${member.token}` } });
    expect(await session.json()).toEqual({ data: { memberId: member.id, roles: ['MEMBER'] } });
    expect(await (await send('/auth/session', { method: 'GET' })).json()).toEqual({ data: null });
  });

  it('is refreshed once for two tabs that ask at the same moment', async () => {
    const { send, json, asked } = await openDoor();
    const answers = await Promise.all(
      [1, 2].map(() => send('/auth/refresh', { headers: { ...json, cookie: 'refresh=r1' }, body: '{}' })),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(asked).toHaveLength(1);
  });

  it('that is over is forgotten by the browser', async () => {
    const { send, json, problems } = await openDoor();
    problems.refreshSession = {
      __typename: 'InvalidRefreshTokenError',
      code: 'INVALID_REFRESH_TOKEN',
      message: 'No.',
      path: [],
    };
    const refused = await send('/auth/refresh', { headers: { ...json, cookie: 'refresh=old' }, body: '{}' });
    expect(refused.status).toBe(401);
    expect(refused.headers.getSetCookie().every((cookie) => cookie.includes('1970'))).toBe(true);
    const out = await send('/auth/sign-out', { headers: { ...json, cookie: 'refresh=r1' }, body: '{}' });
    expect(out.status).toBe(200);
    expect(out.headers.getSetCookie()).toHaveLength(2);
  });

  it('with an expired token is asked to refresh, and a page still opens', async () => {
    const { send, json, reached } = await openDoor();
    const expired = `${Buffer.from('{"alg":"ES256"}').toString('base64url')}.${Buffer.from('{"exp":1}').toString('base64url')}.x`;
    const refused = await send('/graphql', { headers: { ...json, cookie: `access=${expired}` }, body: '{}' });
    expect(refused.status).toBe(401);
    expect(await refused.json()).toMatchObject({ errors: [{ extensions: { code: 'TOKEN_EXPIRED' } }] });
    expect(
      (await send('/graphql', { method: 'GET', headers: { accept: 'text/html', cookie: `access=${expired}` } })).status,
    ).toBe(200);
    expect(reached.at(-1)?.authorization).toBeUndefined();
  });

  it.each([
    ['InvalidCredentialsError', 401],
    ['ValidationError', 400],
    ['TooManyAttemptsError', 429],
  ])('that does not begin because of %s answers %d with the reason', async (__typename, status) => {
    const { send, json, problems } = await openDoor();
    problems.signIn = { __typename, code: 'SOME_CODE', message: 'Some reason.', path: ['input'], retryAfterSeconds: 7 };
    const response = await send('/auth/sign-in', { headers: json, body: '{}' });
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({ error: { code: 'SOME_CODE', message: 'Some reason.', path: ['input'] } });
    expect(response.headers.getSetCookie()).toEqual([]);
    expect(response.headers.get('retry-after')).toBe('7');
  });

  it('cannot begin while auth is away, and says so', async () => {
    const { send, json, auth } = await openDoor();
    await auth.close();
    const response = await send('/auth/sign-in', { headers: json, body: '{}' });
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ error: { code: 'SERVICE_UNAVAILABLE' } });
  });
});

describe('a request from another site', () => {
  const cases: [string, string, Record<string, string>, number][] = [
    ['our own page', '/graphql', { origin: 'SELF' }, 200],
    ['an allowed origin', '/graphql', { origin: 'https://app.example.com' }, 200],
    ['another origin', '/graphql', { origin: 'https://evil.example' }, 403],
    ['an opaque origin', '/graphql', { origin: 'null' }, 403],
    ['a link of another site', '/graphql', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a neighbour on the same domain', '/graphql', { 'sec-fetch-site': 'same-site' }, 403],
    ['a program, not a browser', '/graphql', {}, 200],
    ['another origin', '/auth/sign-out', { origin: 'https://evil.example' }, 403],
    ['another origin', '/auth/sign-in', { origin: 'https://evil.example' }, 403],
    ['a form that says that it is text', '/auth/sign-in', { 'content-type': 'text/plain' }, 415],
    ['a form', '/auth/refresh', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
  ];
  it.each(cases)('of %s to %s is answered as it should be: %j', async (_, path, headers, status) => {
    const { url, send, json, member } = await openDoor();
    const origin: Record<string, string> = headers.origin === 'SELF' ? { origin: url } : {};
    const response = await send(path, {
      headers: { ...json, cookie: `access=${member.token}; refresh=r1`, ...headers, ...origin },
      body: '{}',
    });
    expect(response.status).toBe(status);
  });

  it('that carries a bearer token and no cookie is not the business of CSRF', async () => {
    const { send, json, member } = await openDoor();
    expect(
      (
        await send('/graphql', {
          headers: { ...json, origin: 'https://evil.example', authorization: `Bearer ${member.token}` },
          body: '{}',
        })
      ).status,
    ).toBe(200);
  });

  it('learns by CORS whether it may ask', async () => {
    const { send } = await openDoor();
    const preflight = (origin: string) =>
      send('/graphql', { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } });
    const allowed = await preflight('https://app.example.com');
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://app.example.com');
    expect(allowed.headers.get('access-control-allow-credentials')).toBe('true');
    expect((await preflight('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('what a client says of itself', () => {
  it('is replaced by what the front door knows', async () => {
    const { send, json, reached } = await openDoor();
    await send('/graphql', {
      headers: {
        ...json,
        'x-router-secret': 'guess',
        'x-service-secret': 'guess',
        'x-client-address': '1.1.1.1',
        'x-forwarded-for': '1.1.1.1',
        'x-request-id': 'bad id\t',
        traceparent: 'nonsense',
      },
      body: '{}',
    });
    expect(reached[0]).toMatchObject({
      'x-client-address': '127.0.0.1',
      'x-request-id': expect.stringMatching(/^[\w-]{36}$/),
      traceparent: expect.stringMatching(/^00-[0-9a-f]{32}-/),
    });
    for (const name of ['x-router-secret', 'x-service-secret', 'x-forwarded-for'])
      expect(reached[0]).not.toHaveProperty(name);
  });

  it('is kept where it only helps to find a request again', async () => {
    const { send, json, reached } = await openDoor();
    const [id, trace] = [newId(), 'a'.repeat(32)];
    const response = await send('/graphql', {
      headers: { ...json, 'x-request-id': id, traceparent: `00-${trace}-${'b'.repeat(16)}-01` },
      body: '{}',
    });
    expect(response.headers.get('x-request-id')).toBe(id);
    expect(reached[0]?.traceparent).toContain(trace);
  });
});

describe('the default limits', () => {
  it('let an anonymous client ask a hundred times a minute, forged tokens or not', async () => {
    const { send, json } = await openDoor({ rateLimits: 'default' });
    const statuses: number[] = [];
    for (let i = 0; i < 104; i += 1) {
      const forged: Record<string, string> = i % 2 ? { authorization: `Bearer forged-${i}` } : {};
      const response = await send('/graphql', {
        headers: { ...json, ...forged, 'x-forwarded-for': `10.0.0.${i}` },
        body: '{}',
      });
      statuses.push(response.status);
      if (i === 103) {
        expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'RATE_LIMITED' } }] });
        expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
        expect(response.headers.get('ratelimit-remaining')).toBe('0');
      }
    }
    expect(statuses.filter((status) => status === 200)).toHaveLength(100);
    expect(statuses.slice(100)).toEqual([429, 429, 429, 429]);
  });

  it('let a member ask more, each for herself', async () => {
    const { send, json, keys } = await openDoor({ rateLimits: 'default' });
    const [one, two] = [keys.member(), keys.member()];
    const ask = (token: string) =>
      send('/graphql', { headers: { ...json, authorization: `Bearer ${token}` }, body: '{}' });
    const first = await ask(one.token);
    expect(first.headers.get('ratelimit-limit')).toBe('600');
    for (let i = 0; i < 120; i += 1) expect((await ask(one.token)).status).toBe(200);
    expect((await ask(two.token)).headers.get('ratelimit-remaining')).toBe('599');
  });

  it('are narrower for signing in, and wider for the platform itself', async () => {
    const { send, json } = await openDoor({ rateLimits: 'default' });
    const signIn = (headers: Record<string, string> = {}) =>
      send('/auth/sign-in', { headers: { ...json, ...headers }, body: '{}' });
    const statuses = [];
    for (let i = 0; i < 22; i += 1) statuses.push((await signIn()).status);
    expect(statuses.filter((status) => status === 429)).toHaveLength(2);
    expect((await signIn({ 'x-router-secret': SECRET })).status).toBe(200);
  });
});

describe('bad input', () => {
  it.each([
    ['no JSON', '/auth/sign-in', '{"email":', 400, 'BAD_JSON'],
    ['a list', '/auth/sign-in', '[]', 400, 'BAD_JSON'],
    ['too much', '/auth/sign-in', JSON.stringify({ password: 'x'.repeat(20_000) }), 413, 'BODY_TOO_LARGE'],
    ['nowhere', '/nowhere', '{}', 404, 'NOT_FOUND'],
    ['an inherited name', '/auth/constructor', '{}', 404, 'NOT_FOUND'],
  ])('%s is refused in words, without a stack', async (_, path, body, status, code) => {
    const { send, json } = await openDoor();
    const response = await send(path, { headers: json, body });
    expect(response.status).toBe(status);
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({ error: { code } });
    expect(text).not.toMatch(/\.ts|node:|stack/);
  });

  it('in the method is told which one is right', async () => {
    const { send } = await openDoor();
    const response = await send('/auth/sign-in', { method: 'GET' });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
  });

  it('in cookies does nobody harm', async () => {
    const { send, json } = await openDoor();
    for (const cookie of ['access', '=', 'access=', ';;;=;', `access=${'x'.repeat(7_000)}`]) {
      expect((await send('/graphql', { headers: { ...json, cookie }, body: '{}' })).status).toBe(200);
    }
  });
});

it('publishes the keys by which tokens are verified, and leaves health to the engine', async () => {
  const { send, keys } = await openDoor();
  const response = await send('/.well-known/jwks.json', { method: 'GET' });
  expect(await response.json()).toEqual(keys.jwks);
  expect(response.headers.get('cache-control')).toBe('public, max-age=300');
  expect((await send('/ready', { method: 'GET' })).status).toBe(200);
});
