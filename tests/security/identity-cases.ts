import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { newId } from '@community/kit/ids';
import { TOKEN_AUDIENCE, TOKEN_ISSUER } from '@community/kit/member-token';
import { findSubgraphs } from '@community/launcher/services';
import jwt from 'jsonwebtoken';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createKeyVault } from '../../subgraphs/auth/src/modules/signing-key/key-vault.ts';
import { createClient } from '../graph/client.ts';
import * as operations from '../graph/generated/operations.ts';
import { queryOn } from '../traffic/databases.ts';
import { operate, type Scene } from './attacker.ts';

const VIEWER = '{ viewer { id } }';

/** The key that auth signs with, which an attacker does not have; without it no expired token could be made. */
async function signingKey({ platform }: Scene) {
  const [row] = await queryOn<{ id: string; public_key: { x: string; y: string }; encrypted_private_key: Buffer }>(
    platform.databaseUrl('auth'),
    'SELECT id, public_key, encrypted_private_key FROM signing_key ORDER BY signs_from DESC LIMIT 1',
    [],
  );
  const vault = createKeyVault(platform.runtime().services.auth?.env.KEY_ENCRYPTION_SECRET ?? '');
  const privateKey = row && vault.decrypt(row.id, new Uint8Array(row.encrypted_private_key));
  if (!privateKey) throw new Error('there is no key that opens');
  return { id: row.id, privateKey };
}

type Key = Awaited<ReturnType<typeof signingKey>>;
const OTHER = generateKeyPairSync('ec', { namedCurve: 'P-256' });

const TOKENS: readonly [what: string, make: (key: Key, member: string) => string][] = [
  ['has expired', ({ id, privateKey }, member) => sign(privateKey, 'ES256', id, member, { expiresIn: -1 })],
  ['is signed by another key', ({ id }, member) => sign(OTHER.privateKey, 'ES256', id, member)],
  ['is of a key that nobody knows', (_, member) => sign(OTHER.privateKey, 'ES256', newId(), member)],
  ['is signed by a word', ({ id }, member) => sign('secret', 'HS256', id, member)],
  ['is not signed', ({ id }, member) => sign('', 'none', id, member)],
  ['is for somebody else', ({ id, privateKey }, member) => sign(privateKey, 'ES256', id, member, { audience: 'else' })],
  ['is none', () => 'x'.repeat(5_000)],
];

function sign(
  key: string | KeyObject,
  algorithm: jwt.Algorithm,
  keyid: string,
  subject: string,
  more: jwt.SignOptions = {},
): string {
  const claims = { sid: newId(), roles: ['ADMINISTRATOR'] };
  const standard = { issuer: TOKEN_ISSUER, audience: TOKEN_AUDIENCE, expiresIn: 600, subject, keyid, algorithm };
  return jwt.sign(claims, key, { ...standard, ...more });
}

/** Being somebody else. */
export function identityCases(scene: () => Scene): void {
  const url = () => scene().platform.url;

  describe('a token that', () => {
    it('is what it says makes its member known: the ones below are like it but for one thing', async () => {
      const { id, privateKey } = await signingKey(scene());
      const { data } = await operate(
        url(),
        VIEWER,
        {},
        { accessToken: sign(privateKey, 'ES256', id, scene().mina.id) },
      );
      expect(data).toEqual({ viewer: { id: scene().mina.id } });
    });

    it.each(TOKENS)('%s makes nobody known', async (_, make) => {
      const accessToken = make(await signingKey(scene()), scene().mina.id);
      const { data, codes } = await operate(url(), VIEWER, {}, { accessToken });
      expect(data?.viewer ?? null).toBeNull();
      expect(codes).toContain('UNAUTHENTICATED');
    });
  });

  it('a refresh token that was replaced and comes again ends the session, for the thief and the member', async () => {
    const { client } = scene();
    const member = await client.signUp();
    const refresh = async (refreshToken: string) =>
      (await client.send(operations.RefreshSessionDocument, { input: { refreshToken } })).data.refreshSession;
    const next = async (refreshToken: string) => {
      const result = await refresh(refreshToken);
      if (result.__typename !== 'RefreshSessionSuccess') throw new Error(JSON.stringify(result));
      return result.session;
    };
    // An answer that was lost on the way is told once more, so the replaced one is known by its successor being used.
    const last = await next((await next(member.refreshToken)).refreshToken);
    const refused = { __typename: 'InvalidRefreshTokenError' };
    expect(await refresh(member.refreshToken)).toMatchObject(refused);
    expect(await refresh(last.refreshToken)).toMatchObject(refused);
    await expect
      .poll(async () => (await operate(url(), VIEWER, {}, last)).codes, { timeout: 15_000 })
      .toContain('UNAUTHENTICATED');
  });

  it('passwords that are guessed by aliases count one by one', async () => {
    const victim = await scene().client.signUp();
    const guesses = Array.from(
      { length: 25 },
      (_, i) => `g${i}: signIn(input: { email: "${victim.email}", password: "guess number ${i}" }) { __typename }`,
    );
    const { data } = await operate(url(), `mutation { ${guesses.join(' ')} }`);
    const answers = Object.values(data ?? {}).map((one) => (one as { __typename: string }).__typename);
    expect(answers.filter((name) => name === 'InvalidCredentialsError').length).toBeLessThanOrEqual(5);
    expect(answers.filter((name) => name === 'TooManyAttemptsError').length).toBeGreaterThanOrEqual(20);
  });

  it.each([
    'x-member-id',
    'x-user-id',
    'x-roles',
    'x-router-secret',
    'x-service-secret',
    'x-forwarded-user',
    'x-authenticated-user',
    'x-original-url',
  ])('the header %s says nothing about who asks', async (name) => {
    const forged = createClient(url(), { [name]: scene().boss.id });
    const { data } = await forged.ask<{ viewer: unknown; accountAuditLog: unknown }>(
      '{ viewer { id } accountAuditLog(first: 1) { edges { node { id } } } }',
      {},
    );
    expect(data).toEqual({ viewer: null, accountAuditLog: null });
  });

  it.each(['x-forwarded-for', 'x-client-address', 'x-real-ip', 'forwarded', 'cf-connecting-ip', 'true-client-ip'])(
    'the header %s does not say from where she asks',
    async (name) => {
      const remaining = async (address: string) => {
        const response = await fetch(`${url()}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', [name]: address },
          body: '{"query":"{ __typename }"}',
        });
        return Number(response.headers.get('ratelimit-remaining'));
      };
      expect(await remaining('203.0.113.7')).toBeGreaterThan(await remaining('198.51.100.9'));
      const { client, mina } = scene();
      const input = { email: mina.email, password: mina.password };
      const signedIn = await createClient(url(), { [name]: '203.0.113.7' }).send(operations.SignInDocument, { input });
      const session = signedIn.data.signIn.__typename === 'SignInSuccess' ? signedIn.data.signIn.session : null;
      const { data } = await client.ask<object>(
        '{ viewer { account { sessions(first: 1) { edges { node { clientAddress } } } } } }',
        {},
        session,
      );
      expect(JSON.stringify(data)).toContain('clientAddress');
      expect(JSON.stringify(data)).not.toContain('203.0.113');
    },
  );

  it('a subgraph answers nobody but the router, whatever is asked of it', async () => {
    const { services } = scene().platform.runtime();
    const subgraphs = findSubgraphs('.').map(({ name }) => name);
    expect(subgraphs.length).toBeGreaterThanOrEqual(5);
    for (const name of subgraphs) {
      const subgraph = services[name]?.url;
      for (const query of [
        '{ _service { sdl } }',
        '{ _entities(representations: [{ __typename: "User", id: "1" }]) { __typename } }',
        '{ __typename }',
      ])
        for (const headers of [{}, { 'x-router-secret': 'guess' }, { 'x-router-secret': '' }] as Record<
          string,
          string
        >[]) {
          const response = await fetch(`${subgraph}/graphql`, {
            method: 'POST',
            headers: {
              'content-type': 'application/json',
              ...headers,
              authorization: `Bearer ${scene().mina.accessToken}`,
            },
            body: JSON.stringify({ query }),
          });
          expect([name, response.status]).toEqual([name, 403]);
        }
    }
  });

  it('a representation that the router is made to send tells no more than its field would', async () => {
    const { services } = scene().platform.runtime();
    const ask = async (name: string, representations: object[], selection: string) => {
      const response = await fetch(`${services[name]?.url}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-router-secret': services[name]?.env.ROUTER_SECRET ?? '',
          authorization: `Bearer ${scene().mallory.accessToken}`,
        },
        body: JSON.stringify({
          query: `query ($r: [_Any!]!) { _entities(representations: $r) { __typename ${selection} } }`,
          variables: { r: representations },
        }),
      });
      return JSON.stringify(await response.json());
    };
    const { mina } = scene();
    expect(
      await ask('auth', [{ __typename: 'Viewer', id: mina.id }], '... on Viewer { account { email } }'),
    ).not.toContain(mina.email);
    const inbox = '... on Viewer { unreadNotificationCount }';
    expect(await ask('notification', [{ __typename: 'Viewer', id: mina.id }], inbox)).not.toMatch(/Count":\d/);
    expect(
      await ask('user', [{ __typename: 'Viewer', id: mina.id }], '... on Viewer { settings { language } }'),
    ).not.toContain('"language"');
    for (const name of ['auth', 'user', 'content', 'chat', 'notification'])
      expect(await ask(name, [{ __typename: 'Nothing', id: '1' }, { id: 1 }], '')).not.toMatch(/\.ts:|node_modules/);
  });

  it('a page of another site opens no WebSocket with the cookies of a member', async () => {
    const { platform, mina } = scene();
    const signedIn = await fetch(`${platform.url}/auth/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: platform.publicUrl },
      body: JSON.stringify({ email: mina.email, password: mina.password }),
    });
    const cookie = signedIn.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ');
    const open = (origin: string) =>
      new Promise<number>((resolve) => {
        const socket = new WebSocket(`${platform.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
          headers: { origin, cookie },
        });
        socket.once('open', () => {
          resolve(101);
          socket.close();
        });
        socket.once('unexpected-response', (_, response) => resolve(response.statusCode ?? 0));
        socket.once('error', () => resolve(0));
      });
    expect(await open('https://evil.example')).toBe(403);
    expect(await open('null')).toBe(403);
    expect(await open(platform.publicUrl)).toBe(101);
  });
}
