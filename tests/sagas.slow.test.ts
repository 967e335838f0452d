import { until } from '@community/testing/wait';
import { describe, expect, it } from 'vitest';
import { partition } from './barrier.ts';
import { useHeldPlatform } from './held-platform.ts';

const { platform, ask, barrier, rowsOf } = useHeldPlatform();

let members = 0;
function newcomer() {
  members += 1;
  const handle = `s${Date.now().toString(36)}${members}`;
  const email = `${handle}@example.com`;
  return {
    email,
    handle,
    password: `correct horse ${handle}`,
    displayName: handle,
    language: 'ko',
    clientMutationId: handle,
  };
}

interface SignedUp {
  readonly account: { id: string };
  readonly session: { accessToken: string };
}

/** Signs up as a client does that sends again what was not answered. */
async function signUp(input: ReturnType<typeof newcomer>): Promise<SignedUp> {
  const document = `mutation($input: SignUpInput!) { signUp(input: $input) {
    ... on SignUpSuccess { account { id } session { accessToken } } ... on Error { code } } }`;
  return until(
    async () => {
      const { data } = await ask<{ signUp: Partial<SignedUp> }>(document, { input });
      return data?.signUp.account ? (data.signUp as SignedUp) : null;
    },
    'the sign-up being answered',
    60_000,
  );
}

const PROGRESS = '{ viewer { user { handle } signUp { state steps { name state } } } }';
interface Progress {
  readonly viewer: {
    user: { handle: string } | null;
    signUp: { state: string; steps: { name: string; state: string }[] };
  };
}

/** The end that every sign-up comes to: one account with one profile, told once, and welcomed. */
async function expectCompleted(input: ReturnType<typeof newcomer>, { account, session }: SignedUp): Promise<void> {
  const { viewer } = await until(
    async () => {
      const { data } = await ask<Progress>(PROGRESS, {}, session.accessToken);
      // Her profile is missing for as long as a killed user is.
      return data?.viewer?.signUp?.state === 'DONE' && data.viewer.user ? data : null;
    },
    'the sign-up being complete',
    90_000,
  );
  expect(viewer.user).toEqual({ handle: input.handle });
  expect(viewer.signUp.steps.map(({ name, state }) => `${name} ${state}`)).toEqual([
    'account DONE',
    'profile DONE',
    'analytics DONE',
    'welcome DONE',
  ]);
  expect(await rowsOf('auth', 'SELECT id FROM account WHERE email = $1', [input.email])).toEqual([{ id: account.id }]);
  expect(await rowsOf('user', 'SELECT id, status::text FROM profile WHERE handle = $1', [input.handle])).toEqual([
    { id: account.id, status: 'ACTIVE' },
  ]);
  const told = await rowsOf<{ type: string; events: number }>(
    'events',
    `SELECT value->>'type' AS type, count(DISTINCT value->>'id')::int AS events FROM log.record
     WHERE key = $1 AND value->>'type' IN ('account.created', 'user.created') GROUP BY 1 ORDER BY 1`,
    [account.id],
  );
  expect(told).toEqual([
    { type: 'account.created', events: 1 },
    { type: 'user.created', events: 1 },
  ]);
  for (const domain of ['auth', 'user'])
    expect(await rowsOf(domain, 'SELECT reason FROM events.dead_letter WHERE key = $1', [account.id])).toEqual([]);
}

describe('a sign-up comes to the same end when', () => {
  it('auth is killed while it makes the account', async () => {
    const input = newcomer();
    const held = await barrier('auth', 'LOCK TABLE saga.instance IN EXCLUSIVE MODE');
    const signing = signUp(input);
    await held.reached();
    await platform().kill('auth');
    await held.open();
    await expectCompleted(input, await signing);
  });

  it('auth is killed after it answered, before anybody was told', async () => {
    const input = newcomer();
    const held = await barrier('events', partition('auth'));
    const signed = await signUp(input);
    await held.reached();
    await platform().kill('auth');
    await held.open();
    await expectCompleted(input, signed);
  });

  it('user is killed while it confirms the profile', async () => {
    const input = newcomer();
    const untold = await barrier('events', partition('auth'));
    const signed = await signUp(input);
    const held = await barrier('user', 'LOCK TABLE profile IN EXCLUSIVE MODE');
    await untold.open();
    await held.reached();
    await platform().kill('user');
    await held.open();
    await expectCompleted(input, signed);
  });

  it('user is killed after it confirmed the profile, before it told so', async () => {
    const input = newcomer();
    const held = await barrier('events', partition('user'));
    const signed = await signUp(input);
    await held.reached();
    await platform().kill('user');
    await held.open();
    await expectCompleted(input, signed);
  });

  it('auth is killed while it takes the answer', async () => {
    const input = newcomer();
    const untold = await barrier('events', partition('user'));
    const signed = await signUp(input);
    await untold.reached();
    const held = await barrier('auth', 'LOCK TABLE saga.step IN EXCLUSIVE MODE');
    await untold.open();
    await held.reached();
    await platform().kill('auth');
    await held.open();
    await expectCompleted(input, signed);
  });
});
