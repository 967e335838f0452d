import { openStream } from '@community/testing/live-stream';
import { until } from '@community/testing/wait';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signUpAdministrator } from './graph/administrator.ts';
import { type Client, createClient } from './graph/client.ts';
import { CreateBoardDocument, CreatePostDocument, FeedDocument } from './graph/generated/operations.ts';
import { createRooms, succeeded } from './graph/rooms.ts';
import { startPlatform, type TestPlatform } from './platform.ts';

const present = Boolean(process.env.APOLLO_ROUTER_BIN);

describe.skipIf(!present)(
  present ? 'the platform on the real Apollo Router, without a licence' : 'APOLLO_ROUTER_BIN is not set',
  () => {
    let platform: TestPlatform;
    let client: Client;
    beforeAll(async () => {
      platform = await startPlatform({ args: ['--router', 'apollo'] });
      client = createClient(platform.url);
    });
    afterAll(() => platform[Symbol.asyncDispose]());

    it('serves members as ever: sign-up, posts, feed, and live rooms by the gateway', async () => {
      const boss = await signUpAdministrator(client, platform.databaseUrl('auth'));
      const jun = await client.signUp();
      const board = await client.send(CreateBoardDocument, { input: { slug: 'general', name: 'General' } }, boss);
      const boardId = succeeded(board, (data) => data.createBoard).board.id;
      const input = { boardId, title: 'Through Rust', body: 'words' };
      const post = await client.send(CreatePostDocument, { input }, jun);
      expect(succeeded(post, (data) => data.createPost).post).toMatchObject({ author: { handle: jun.handle } });
      const feed = await client.send(FeedDocument, { first: 5 });
      expect(feed.errors).toBeUndefined();
      expect(feed.data.feed.edges[0]?.node).toMatchObject({ title: 'Through Rust', author: { handle: jun.handle } });

      const rooms = createRooms(client);
      const roomId = await rooms.open('Room', [boss, jun]);
      await using stream = openStream<{ messageAdded: { body: string; sender: { handle: string } } }>({
        url: `${platform.url}/graphql`,
        operation: {
          query: 'subscription($grant: String!) { messageAdded(grant: $grant) { body sender { handle } } }',
          variables: { grant: await rooms.grant(roomId, boss) },
        },
      });
      // What is said before the stream is open is not told by it.
      await until(async () => {
        await rooms.say(roomId, 'hello', jun);
        return stream.received.length > 0;
      });
      expect((await stream.next()).data.messageAdded).toEqual({ body: 'hello', sender: { handle: jun.handle } });
    });

    it('refuses what the limits refuse, whichever engine is behind them', async () => {
      const { errors } = await client.ask(
        `{ ${Array.from({ length: 40 }, (_, n) => `a${n}: boards { id }`).join(' ')} }`,
        {},
      );
      expect(errors).toHaveLength(1);
    });

    it('is whole again when the router was killed', async () => {
      await platform.kill('apollo-router');
      await until(async () => (await client.ask('{ boards { slug } }', {})).errors === undefined);
    });
  },
);
