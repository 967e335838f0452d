import { randomInt } from 'node:crypto';
import { freePort } from '@community/database/free-port';
import { readJson } from '@community/kit/http';
import { newId } from '@community/kit/ids';
import type { RunningSubgraph } from '@community/kit/subgraph';
import { runSubgraph } from '@community/kit/subgraph';
import { type GraphqlAnswer, startDomain, type TestDomain } from '@community/testing/domain';
import { serve } from '@community/testing/serve';
import { until } from '@community/testing/wait';
import { createAuth } from '../src/auth.ts';
import { secondsAfter } from '../src/clock.ts';
import { changeRoleByOperator } from '../src/operator.ts';

export const PASSWORD = 'correct horse battery';

const TOKENS = 'session { accessToken accessTokenExpiresAt refreshToken refreshTokenExpiresAt }';
const ACCOUNT = 'account { id email roles createdAt } user { id }';
export const SIGN_UP = `mutation SignUp($input: SignUpInput!) { signUp(input: $input) { __typename
  ... on SignUpSuccess { ${ACCOUNT} ${TOKENS} } ... on TooManyAttemptsError { retryAfterSeconds } ... on Error { code message path } } }`;
export const SIGN_IN = `mutation SignIn($input: SignInInput!) { signIn(input: $input) { __typename
  ... on SignInSuccess { ${ACCOUNT} ${TOKENS} } ... on TooManyAttemptsError { retryAfterSeconds } ... on Error { code message path } } }`;
export const REFRESH = `mutation Refresh($token: String!) { refreshSession(input: { refreshToken: $token }) { __typename
  ... on RefreshSessionSuccess { ${TOKENS} } ... on Error { code path } } }`;

export interface Tokens {
  readonly accessToken: string;
  readonly accessTokenExpiresAt: string;
  readonly refreshToken: string;
  readonly refreshTokenExpiresAt: string;
}

/** What the mutations that give out sessions answer, successes and problems in one shape. */
export interface Result {
  readonly __typename: string;
  readonly account: { id: string; email: string; roles: string[]; createdAt: string };
  readonly user: { id: string } | null;
  readonly session: Tokens;
  readonly code?: string;
  readonly message?: string;
  readonly path?: string[];
  readonly retryAfterSeconds?: number;
}

/** user as auth sees it: two routes, and handles that are kept in memory. */
async function fakeUser() {
  const reserved = new Map<string, string>();
  const state = { requests: [] as Record<string, string>[], down: false };
  const server = await serve(async (request, response) => {
    const body = (await readJson(request)) as { memberId: string; handle: string };
    const answer = (status: number, content: object) => response.writeHead(status).end(JSON.stringify(content));
    if (request.url === '/internal/member-data') return answer(200, { sections: { profile: [{ handle: 'mina' }] } });
    state.requests.push(body);
    if (state.down) return answer(503, {});
    if (body.handle === 'admin') {
      return answer(422, { code: 'HANDLE_KEPT', message: 'This handle is kept.', path: ['input', 'handle'] });
    }
    const holder = reserved.get(body.handle) ?? body.memberId;
    if (holder !== body.memberId) return answer(409, { code: 'HANDLE_TAKEN' });
    reserved.set(body.handle, holder);
    return answer(200, { reserved: true });
  });
  return { state, server };
}

/** auth over its own databases, with a clock that tests move and a user subgraph that is faked at the edge. */
export async function startAuth(env: NodeJS.ProcessEnv = {}) {
  const user = await fakeUser();
  const time = { ahead: 0, stoppedAt: null as Date | null };
  const now = () => secondsAfter(time.stoppedAt ?? new Date(), time.ahead);
  const definition = createAuth(now);
  const port = await freePort();
  const domain: TestDomain = await startDomain(definition, {
    PORT: String(port),
    SUBGRAPH_URL_AUTH: `http://127.0.0.1:${port}`,
    SUBGRAPH_URL_USER: user.server.url,
    ...env,
  });

  async function signUpWith(
    input: object,
    headers: Record<string, string> = {},
  ): Promise<GraphqlAnswer<{ signUp: Result }>> {
    return domain.query<{ signUp: Result }>(SIGN_UP, { input }, null, { 'x-client-address': address(), ...headers });
  }

  /** A new member with an open session. */
  async function signUp(change: object = {}, headers: Record<string, string> = {}) {
    const input = newcomer(change);
    const { data } = await signUpWith(input, headers);
    if (data.signUp.__typename !== 'SignUpSuccess') throw new Error(JSON.stringify(data));
    const { account, session } = data.signUp;
    return { ...input, id: account.id, session, token: session.accessToken };
  }
  async function signIn(
    input: { email: string; password?: string },
    headers: Record<string, string> = {},
  ): Promise<Result> {
    const { email, password = PASSWORD } = input;
    const as = { 'x-client-address': address(), ...headers };
    const answer = await domain.query<{ signIn: Result }>(SIGN_IN, { input: { email, password } }, null, as);
    return answer.data.signIn;
  }

  return {
    domain,
    user: user.state,
    signUpWith,
    now,
    /** Stops auth's clock, so that only `pass` moves it. */
    stopClock(): void {
      time.stoppedAt = new Date();
    },
    /** Moves auth's clock on. */
    pass(seconds: number): void {
      time.ahead += seconds;
    },
    /** A further instance on the same databases, until the test ends. */
    async another(variables: NodeJS.ProcessEnv = {}): Promise<{ url: string } & AsyncDisposable> {
      const running: RunningSubgraph = await runSubgraph(definition, { ...domain.env, PORT: '0', ...variables });
      return { url: `http://127.0.0.1:${running.port}`, [Symbol.asyncDispose]: () => running.stop() };
    },
    signUp,
    signIn,
    /** A new member whom the operator has made an administrator, signed in since. */
    async administrator() {
      const member = await signUp();
      const url = String(domain.env.DATABASE_URL_AUTH);
      const made = await changeRoleByOperator(url, member.email, { role: 'ADMINISTRATOR', kind: 'GRANT' });
      if ('refused' in made) throw new Error(made.refused);
      const { session } = await signIn(member);
      return { ...member, session, token: session.accessToken };
    },
    async refresh(token: string): Promise<Result> {
      return (await domain.query<{ refreshSession: Result }>(REFRESH, { token })).data.refreshSession;
    },
    /** What auth has told of an aggregate, once nothing waits to be told. */
    async events(aggregateId: string): Promise<{ type: string; data: Record<string, unknown> }[]> {
      return until(async () => {
        const { rows } = await domain.database.query('SELECT count(*)::int AS waiting FROM events.outbox');
        if (rows[0].waiting > 0) return null;
        const sql = "SELECT value FROM log.record WHERE topic = 'auth' AND key = $1 ORDER BY record_offset";
        const log = await domain.log.query(sql, [aggregateId]);
        return log.rows.map(({ value }) => ({ type: value.type, data: value.data }));
      }, 'an empty outbox');
    },
    async [Symbol.asyncDispose]() {
      await domain[Symbol.asyncDispose]();
      await user.server.close();
    },
  };
}

export type TestAuth = Awaited<ReturnType<typeof startAuth>>;

/** A valid sign-up of somebody nobody else is. */
export function newcomer(change: object = {}) {
  const name = `m${newId().replaceAll('-', '').slice(-20)}`;
  return {
    email: `${name}@example.com`,
    password: PASSWORD,
    handle: name,
    displayName: 'Mina',
    language: 'ko',
    ...change,
  };
}

/** An address of a place nobody else is at. */
export function address(): string {
  return [10, randomInt(256), randomInt(256), randomInt(256)].join('.');
}
