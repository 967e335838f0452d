import { engineOrReason } from '@community/engines/testing';
import { randomFrom } from '@community/import/generate/random';
import { until } from '@community/testing/wait';
import { afterAll, describe, expect, it } from 'vitest';
import { signUpAdministrator } from '../graph/administrator.ts';
import { type Client, createClient, type SignedIn } from '../graph/client.ts';
import * as operations from '../graph/generated/operations.ts';
import { deadLetters, outboxesEmpty } from '../traffic/databases.ts';
import { findRoomFaults, followRoom, openRoom, type RoomTraffic, talk } from '../traffic/rooms.ts';
import { type ComposedPlatform, startComposed } from './composed-platform.ts';

const platform = await engineOrReason<ComposedPlatform>(() => startComposed({ instances: 2 }));

if (typeof platform === 'string') it.skip(platform);
else describe('two instances of every service on one Kafka and one Redis', () => twoInstances(platform));

function twoInstances(composed: ComposedPlatform): void {
  const client: Client = createClient(composed.url);
  const rooms: RoomTraffic[] = [];
  afterAll(async () => {
    for (const room of rooms) for (const following of room.following) following.stop();
    await composed[Symbol.asyncDispose]();
  });

  /** Lets members talk in a room that all of them follow, until so many messages are acknowledged. */
  async function talkIn(members: readonly SignedIn[], count: number, meanwhile: () => Promise<unknown>) {
    const room = await openRoom(client, members);
    rooms.push(room);
    followRoom(composed.url, client, room);
    const random = randomFrom(count);
    let running = true;
    const talking = Array.from({ length: 4 }, () => talk(client, room, random, () => running));
    await until(() => room.acknowledged.size >= count / 2, 'half of the messages', 60_000);
    await meanwhile();
    const before = room.acknowledged.size;
    await until(() => room.acknowledged.size >= before + count / 2, 'the other half', 60_000);
    running = false;
    await Promise.all(talking);
    const last = Math.max(...room.acknowledged.values());
    await until(() => room.shown.every((numbers) => (numbers.at(-1) ?? 0) >= last), 'the last message', 60_000);
    return room;
  }

  it('show every follower of a room every message once, in order, whichever instances they and the senders meet', async () => {
    const members = await Promise.all([client.signUp(), client.signUp(), client.signUp(), client.signUp()]);
    expect(await findRoomFaults(client, await talkIn(members, 100, async () => {}))).toEqual([]);
  });

  it.each(['chat', 'gateway', 'user'])(
    'lose and double nothing when one of two %ss is killed under talk',
    async (name) => {
      const members = await Promise.all([client.signUp(), client.signUp(), client.signUp()]);
      const [victim] = composed.instances(name);
      const room = await talkIn(members, 60, async () => {
        await victim?.kill();
        victim?.start();
        await victim?.ready();
      });
      expect(await findRoomFaults(client, room)).toEqual([]);
    },
  );

  it('tell an author once of many likes, and count each of them', async () => {
    const [author, ...fans] = await Promise.all(Array.from({ length: 9 }, () => client.signUp()));
    const boss = await signUpAdministrator(client, String(composed.databaseUrls().auth));
    const board = await client.send(operations.CreateBoardDocument, { input: { slug: 'two', name: 'Two' } }, boss);
    if (board.data.createBoard.__typename !== 'CreateBoardSuccess') throw new Error(JSON.stringify(board.data));
    const post = await client.send(
      operations.CreatePostDocument,
      { input: { boardId: board.data.createBoard.board.id, title: 'Liked', body: 'by many' } },
      author,
    );
    if (post.data.createPost.__typename !== 'CreatePostSuccess') throw new Error(JSON.stringify(post.data));
    const input = { postId: post.data.createPost.post.id };
    await Promise.all(
      fans.flatMap((fan) => [1, 2].map(() => client.send(operations.LikePostDocument, { input }, fan))),
    );
    const found = await until(
      async () => {
        const { data } = await client.ask<{
          viewer: { notifications: { edges: { node: { kind: string; actorCount: number } }[] } };
        }>('{ viewer { notifications(first: 50) { edges { node { kind actorCount } } } } }', {}, author);
        const likes = data.viewer.notifications.edges.filter(({ node }) => node.kind === 'LIKE');
        return likes[0]?.node.actorCount === fans.length ? likes : null;
      },
      'the likes being counted',
      30_000,
    );
    expect(found).toHaveLength(1);
  });

  it('refuse the token of a session that was ended at another instance', async () => {
    const member = await client.signUp();
    const isSignedIn = async () =>
      (await client.ask<{ viewer: object | null }>('{ viewer { id } }', {}, member)).data?.viewer != null;
    expect(await isSignedIn()).toBe(true);
    await client.send(operations.SignOutDocument, { input: { refreshToken: member.refreshToken } });
    await until(async () => {
      const answers = await Promise.all(Array.from({ length: 8 }, isSignedIn));
      return answers.every((signedIn) => !signedIn);
    }, 'every instance refusing the token');
  });

  it('leave no event behind and set none aside', async () => {
    const urls = composed.databaseUrls();
    await until(() => outboxesEmpty(urls), 'all events being relayed');
    expect(await deadLetters(urls)).toEqual([]);
  });
}
