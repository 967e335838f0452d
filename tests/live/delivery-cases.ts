import { until } from '@community/testing/wait';
import { describe, expect, it } from 'vitest';
import * as operations from '../graph/generated/operations.ts';
import { succeeded } from '../graph/rooms.ts';
import { type Identity, LIVE_CLIENTS } from './clients.ts';
import { numbersOf, repeat, type Scene, upTo } from './scene.ts';

/** The cookies of a member who signs in by a page of the platform's own, or of another site. */
async function asPage({ platform }: Scene, member: { email: string; password: string }, origin: string) {
  const answer = await fetch(`${platform.url}/auth/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: member.email, password: member.password }),
  });
  const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
  return { cookie: cookies.join('; '), origin } satisfies Identity;
}

/** What a member is told live, by every client. */
export function deliveryCases(scene: () => Scene): void {
  describe.each(LIVE_CLIENTS)('$name', (live) => {
    it('is sent messages in order from the number that it asked for, with their authors joined in', async () => {
      const { platform, rooms, mina, jun, sora } = scene();
      const roomId = await rooms.open('Delivery', [mina, jun, sora]);
      for (const body of ['one', 'two', 'three']) await rooms.say(roomId, body, mina);
      using stream = live.subscribe(platform.url, operations.MessageAddedDocument, { roomId, after: 1 }, sora);
      await until(() => stream.data.length === 2, 'the messages that were there');
      await rooms.say(roomId, 'four', jun);
      await until(() => stream.data.length === 3, 'the message that came live');
      const told = stream.data.map(({ messageAdded: { number, body, sender } }) => [number, body, sender]);
      const as = ({ id, handle }: typeof mina) => expect.objectContaining({ id, handle, displayName: handle });
      expect(told).toEqual([
        [2, 'two', as(mina)],
        [3, 'three', as(mina)],
        [4, 'four', as(jun)],
      ]);
      expect(stream.codes).toEqual([]);
    });

    it('leaves nothing open at the subgraph when it goes', async () => {
      const { platform, client } = scene();
      const open = async () => {
        const { url } = platform.runtime().services.notification as { url: string };
        return Number(/^live_streams_open (\d+)/m.exec(await (await fetch(`${url}/metrics`)).text())?.[1]);
      };
      await until(async () => (await open()) === 0, 'the streams of others having ended');
      const member = await client.signUp();
      const stream = live.subscribe(platform.url, operations.NotificationChangedDocument, {}, member);
      await until(async () => (await open()) === 1, 'the stream being open');
      stream[Symbol.dispose]();
      await until(async () => (await open()) === 0, 'the stream having ended');
    });

    it('is sent what becomes of its member’s inbox, from the number that it asked for', async () => {
      const { platform, client, boardId, jun, sora } = scene();
      const author = await client.signUp();
      using stream = live.subscribe(platform.url, operations.NotificationChangedDocument, { after: 0 }, author);
      const input = { boardId, title: 'Liked', body: 'by two' };
      const made = await client.send(operations.CreatePostDocument, { input }, author);
      const postId = succeeded(made, (data) => data.createPost).post.id;
      for (const fan of [jun, sora]) await client.send(operations.LikePostDocument, { input: { postId } }, fan);
      const last = () => stream.data.at(-1)?.notificationChanged;
      await until(() => last()?.notification?.actorCount === 2, 'both likes');
      expect(last()).toMatchObject({
        notification: {
          kind: 'LIKE',
          actors: [{ handle: sora.handle }, { handle: jun.handle }],
          target: { id: postId, title: 'Liked' },
        },
      });
      const numbers = stream.data.map(({ notificationChanged }) => notificationChanged.number);
      expect(numbers).toEqual(upTo(numbers.length));
    });

    it('is told who types and who looks at the room', async () => {
      const { platform, client, rooms, mina, jun } = scene();
      const roomId = await rooms.open('Signals', [mina, jun]);
      using typing = live.subscribe(platform.url, operations.TypingDocument, { roomId }, jun);
      using presence = live.subscribe(platform.url, operations.PresenceDocument, { roomId }, jun);
      const signal = (present: boolean) =>
        client.send(operations.SignalPresenceDocument, { input: { roomId, present } }, mina);
      // One of the two may come before the stream has begun, and the other one after it.
      const toldOfBoth = () => new Set(presence.data.map((one) => one.presence.present)).size === 2;
      await repeat(
        async () => {
          await client.send(operations.SignalTypingDocument, { input: { roomId } }, mina);
          if (!toldOfBoth()) for (const present of [true, false]) await signal(present);
        },
        () => typing.data.length > 0 && toldOfBoth(),
        1_100,
      );
      const member = expect.objectContaining({ handle: mina.handle });
      expect(typing.data[0]?.typing).toMatchObject({ memberId: mina.id, member });
      expect(presence.data.map((one) => one.presence)).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ memberId: mina.id, member, present: true }),
          expect.objectContaining({ memberId: mina.id, member, present: false }),
        ]),
      );
    });

    it('is served by the cookie of our own pages, and not by one that another site sends along', async () => {
      const { platform, rooms, mina, jun } = scene();
      const roomId = await rooms.open('Cookies', [mina, jun]);
      const variables = { roomId, after: 0 };
      const own = await asPage(scene(), jun, platform.publicUrl);
      using page = live.subscribe(platform.url, operations.MessageAddedDocument, variables, own);
      using foreign = live.subscribe(platform.url, operations.MessageAddedDocument, variables, {
        ...own,
        origin: 'https://evil.example',
      });
      await foreign.end();
      await rooms.say(roomId, 'for our pages', mina);
      await until(() => page.data.length === 1, 'the message on our page');
      expect(foreign.data).toEqual([]);
      expect(foreign.codes).toHaveLength(1);
    });

    it('is refused without a name, and served by a grant, which has none', async () => {
      const { platform, rooms, mina, jun } = scene();
      const roomId = await rooms.open('Names', [mina, jun]);
      using nobody = live.subscribe(platform.url, operations.MessageAddedDocument, { roomId }, null);
      expect(await nobody.end()).toBe('UNAUTHENTICATED');
      const grant = await rooms.grant(roomId, jun);
      using stream = live.subscribe(platform.url, operations.MessageAddedDocument, { grant }, null);
      await repeat(
        () => rooms.say(roomId, 'for who has the grant', mina),
        () => stream.data.length > 0,
      );
      const [first = 0] = numbersOf(stream);
      await rooms.say(roomId, 'and the next', mina);
      await until(() => stream.data.length > 1, 'the next message');
      expect(numbersOf(stream).slice(0, 2)).toEqual([first, first + 1]);
      expect(nobody.data).toEqual([]);
    });
  });
}
