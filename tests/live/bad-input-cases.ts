import { newId } from '@community/kit/ids';
import { until } from '@community/testing/wait';
import { print } from 'graphql';
import { createClient } from 'graphql-ws';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import * as operations from '../graph/generated/operations.ts';
import { succeeded } from '../graph/rooms.ts';
import { queryOn } from '../traffic/databases.ts';
import { LIVE_CLIENTS } from './clients.ts';
import { numbersOf, type Scene, upTo } from './scene.ts';
import { tellAs } from './told.ts';

const SENDINGS = 1_000;
/** As many as one operation may hold. */
const SENDINGS_A_REQUEST = 25;
const SUBSCRIPTIONS = 1_000;

/** A room of two, of which the second watches that nobody hurts her. */
async function watched({ platform, rooms, mina, jun }: Scene) {
  const roomId = await rooms.open('Watched', [mina, jun]);
  const [live] = LIVE_CLIENTS;
  if (!live) throw new Error('no client');
  const stream = live.subscribe(platform.url, operations.MessageAddedDocument, { roomId, after: 0 }, jun);
  return {
    roomId,
    /** What is said next reaches her, after all that was said before and nothing else. */
    async expectUnhurt(): Promise<void> {
      const next = await rooms.say(roomId, 'and life goes on', mina);
      await until(() => numbersOf(stream).at(-1) === next, 'the second member being told');
      expect(numbersOf(stream)).toEqual(upTo(next));
      expect(stream.codes).toEqual([]);
    },
    bodies: () => stream.data.map(({ messageAdded }) => messageAdded.body),
    [Symbol.dispose]: () => stream.stop(),
  };
}

/** Another token of the same form: its signature fits no more. */
function forged(token: string, memberId: string): string {
  const [head = '', payload = '', signature = ''] = token.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
  return [head, Buffer.from(JSON.stringify({ ...claims, sub: memberId })).toString('base64url'), signature].join('.');
}

/** What members send by mistake or by malice: each is told clearly, and nobody else is hurt. */
export function badInputCases(scene: () => Scene): void {
  const send = (input: operations.SendMessageInput, as: { accessToken: string }) =>
    scene().client.send(operations.SendMessageDocument, { input }, as);

  describe('a member who', () => {
    it('posts to a room that she left is told that there is no such room', async () => {
      const { client, jun, rooms, mina } = scene();
      using room = await watched(scene());
      const left = await rooms.open('Left', [mina, jun]);
      const gone = await client.send(operations.LeaveRoomDocument, { input: { roomId: left } }, jun);
      succeeded(gone, (data) => data.leaveRoom);
      const { data } = await send({ roomId: left, body: 'still here?' }, jun);
      expect(data.sendMessage).toMatchObject({
        __typename: 'NotFoundError',
        code: 'NOT_FOUND',
        path: ['input', 'roomId'],
      });
      expect(await rooms.after(left, 0, mina)).toEqual([]);
      await room.expectUnhurt();
    });

    it.each(LIVE_CLIENTS)(
      'follows by $name a room that is not hers is told that there is none for her',
      async (live) => {
        const { platform, rooms, sora, mina } = scene();
        using room = await watched(scene());
        const grant = await rooms.grant(room.roomId, mina);
        const open = (variables: operations.MessageAddedSubscriptionVariables) =>
          live.subscribe(platform.url, operations.MessageAddedDocument, variables, sora);
        for (const [variables, code] of [
          [{ roomId: room.roomId, after: 0 }, 'NOT_FOUND'],
          [{ roomId: newId() }, 'NOT_FOUND'],
          [{ grant: `${grant.slice(0, -4)}AAAA` }, 'GRANT_REFUSED'],
          [{ grant: 'x' }, 'GRANT_REFUSED'],
          [{}, 'BAD_USER_INPUT'],
        ] as const) {
          using stream = open(variables);
          expect(await stream.end()).toBe(code);
          expect(stream.data).toEqual([]);
        }
        await room.expectUnhurt();
      },
    );

    it('forges a sender is refused, and never taken for her', async () => {
      const { client, mina, jun, sora } = scene();
      using room = await watched(scene());
      const named = await client.ask(
        print(operations.SendMessageDocument),
        { input: { roomId: room.roomId, body: 'not from mina', senderId: mina.id } },
        jun,
      );
      expect(named.errors?.[0]?.message).toContain('senderId');
      const withToken = await send(
        { roomId: room.roomId, body: 'not from mina' },
        { accessToken: forged(sora.accessToken, mina.id) },
      );
      expect(withToken.errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED');
      const headers = { 'x-member-id': mina.id, 'x-router-secret': 'guess' };
      const withHeaders = await fetch(`${scene().platform.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${jun.accessToken}`, ...headers },
        body: JSON.stringify({
          query: print(operations.SendMessageDocument),
          variables: { input: { roomId: room.roomId, body: 'from jun' } },
        }),
      });
      expect(await withHeaders.json()).toMatchObject({
        data: { sendMessage: { roomMessage: { sender: { handle: jun.handle } } } },
      });
      await room.expectUnhurt();
      expect(room.bodies()).not.toContain('not from mina');
    });

    it('sends 100 kB is told how long a message may be', async () => {
      using room = await watched(scene());
      const { data } = await send({ roomId: room.roomId, body: 'x'.repeat(100_000) }, scene().mina);
      expect(data.sendMessage).toMatchObject({
        __typename: 'ValidationError',
        path: ['input', 'body'],
        message: expect.stringContaining('8000'),
      });
      await room.expectUnhurt();
    });

    it('sends a thousand at once is told to slow down, and when to try again', async () => {
      const { client, rooms, mina } = scene();
      const hasty = await client.signUp();
      using room = await watched(scene());
      const own = await rooms.open('Hasty', [hasty, mina]);
      const start = Date.now();
      const one = (_: unknown, index: number) =>
        `s${index}: sendMessage(input: { roomId: "${own}", body: "hasty" }) { __typename ... on RateLimitedError { retryAfterSeconds } ... on Error { code message } }`;
      const mutation = `mutation { ${Array.from({ length: SENDINGS_A_REQUEST }, one).join(' ')} }`;
      const asking = Array.from({ length: SENDINGS / SENDINGS_A_REQUEST }, () =>
        client.ask<Record<string, { __typename: string; code?: string; message?: string; retryAfterSeconds?: number }>>(
          mutation,
          {},
          hasty,
        ),
      );
      await room.expectUnhurt();
      const answers = (await Promise.all(asking)).flatMap(({ data, errors }) => {
        if (errors) throw new Error(JSON.stringify(errors));
        return Object.values(data);
      });
      const kept = answers.filter(({ __typename }) => __typename === 'SendMessageSuccess').length;
      const refused = answers.filter(({ code }) => code === 'RATE_LIMITED');
      expect(kept + refused.length).toBe(SENDINGS);
      const seconds = Math.ceil((Date.now() - start) / 1_000);
      expect(kept).toBeLessThanOrEqual(20 * (seconds + 1));
      expect(refused[0]).toMatchObject({
        message: expect.stringMatching(/more than 20 messages a second\. Try again in 1 s/),
        retryAfterSeconds: 1,
      });
      const numbers: number[] = [];
      for (
        let page = await rooms.after(own, 0, mina);
        page.length > 0;
        page = await rooms.after(own, numbers.length, mina)
      )
        numbers.push(...page.map(({ number }) => number));
      expect(numbers).toEqual(upTo(kept));
      await room.expectUnhurt();
    });

    it('uses a client key again for something else is told so, and nothing is sent', async () => {
      using room = await watched(scene());
      const { roomId } = room;
      const key = newId();
      const first = await send({ roomId, body: 'first', clientMutationId: key }, scene().mina);
      const again = await send({ roomId, body: 'first', clientMutationId: key }, scene().mina);
      expect(again.data).toEqual(first.data);
      const other = await send({ roomId, body: 'other', clientMutationId: key }, scene().mina);
      expect(other.data.sendMessage).toMatchObject({ __typename: 'ConflictError', code: 'CLIENT_MUTATION_ID_REUSED' });
      // Another member's keys are her own.
      succeeded(await send({ roomId, body: 'hers', clientMutationId: key }, scene().jun), (data) => data.sendMessage);
      await room.expectUnhurt();
      expect(room.bodies()).toEqual(['first', 'hers', 'and life goes on']);
    });

    it('opens the link of a mail that is not complete is told so by a page, in her language', async () => {
      const link = `${scene().platform.url}/mail/unsubscribe?token=half.a.link`;
      const page = await fetch(link, { headers: { 'accept-language': 'ko-KR' } });
      expect(await page.text()).toContain('메일 수신 거부');
      const answer = await fetch(link, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'List-Unsubscribe=One-Click',
      });
      expect(answer.status).toBe(400);
      expect(await answer.text()).toContain('This link is not complete');
    });

    it('opens a thousand subscriptions on one socket is told how many it may carry, and keeps those', async () => {
      const { platform, rooms, mina, sora } = scene();
      using room = await watched(scene());
      const own = await rooms.open('Greedy', [sora, mina]);
      const client = createClient({
        url: `${platform.url.replace('http', 'ws')}/graphql`,
        webSocketImpl: WebSocket,
        retryAttempts: 0,
        connectionParams: { authorization: `Bearer ${sora.accessToken}` },
      });
      let told = 0;
      const refusals: string[] = [];
      for (let index = 0; index < SUBSCRIPTIONS; index += 1)
        client.subscribe(
          { query: print(operations.MessageAddedDocument), variables: { roomId: own, after: 0 } },
          {
            next: () => (told += 1),
            error: (error) => refusals.push(JSON.stringify(error)),
            complete: () => {},
          },
        );
      const most = 100;
      await until(() => refusals.length === SUBSCRIPTIONS - most, 'the others being refused');
      expect(refusals[0]).toMatch(/may carry 100 operations at a time.*TOO_MANY_SUBSCRIPTIONS/);
      await rooms.say(own, 'for those that are open', mina);
      await until(() => told === most, 'each of the others being told');
      await room.expectUnhurt();
      await client.dispose();
    });

    it.each([
      ['no JSON', 'this is no message', 4400],
      ['of an unknown type', '{"type":"gossip"}', 4400],
      ['an operation before the greeting', '{"type":"subscribe","id":"1","payload":{"query":"{ __typename }"}}', 4401],
      ['too large', 'x'.repeat(2 * 1024 * 1024), 1009],
    ])('sends a frame that is %s is disconnected with a code that says so', async (_, frame, code) => {
      using room = await watched(scene());
      const socket = new WebSocket(`${scene().platform.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
      socket.on('error', () => {});
      const closed = new Promise<number>((resolve) => socket.once('close', resolve));
      await new Promise((resolve) => socket.once('open', resolve));
      socket.send(frame);
      expect(await closed).toBe(code);
      await room.expectUnhurt();
    });
  });

  it('an event of a version that nobody knows is set aside, and those of others go on', async () => {
    const { platform, client, rooms } = scene();
    using room = await watched(scene());
    const stranger = newId();
    const data = { blockerId: stranger, blockedId: newId() };
    const eventId = await tellAs(platform, 'user', 'user.blocked', stranger, data, 99);
    for (const domain of ['chat', 'content', 'notification'])
      await until(async () => {
        const text = 'SELECT reason FROM events.dead_letter WHERE event_id = $1';
        const [letter] = await queryOn<{ reason: string }>(platform.databaseUrl(domain), text, [eventId]);
        return letter?.reason.includes('version 99 of user.blocked is newer than 1');
      }, `${domain} setting it aside`);
    const [blocker, blocked] = [await client.signUp(), await client.signUp()];
    const own = await rooms.open('Blocked', [blocker, blocked]);
    await rooms.say(own, 'hello', blocker);
    await client.send(operations.BlockDocument, { input: { userId: blocked.id } }, blocker);
    const first = async () => (await rooms.after(own, 0, blocked))[0]?.visibility;
    await until(async () => (await first()) === 'BLOCKED', 'the next block being known to chat');
    await room.expectUnhurt();
  });
}
