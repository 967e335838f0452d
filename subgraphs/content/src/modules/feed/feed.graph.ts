import { readPage, toConnection } from '@community/kit/connection';
import { connectionSize } from '@community/kit/connection.graph';
import { builder } from '../../builder.ts';
import { PostConnection, toPostConnection } from '../post/post.graph.ts';
import { Viewer } from '../viewer/viewer.graph.ts';

builder.queryField('hotFeed', (t) =>
  t.field({
    type: PostConnection,
    description:
      'What is answered and liked most just now, on all boards, without those of whom the viewer mutes. The order is made each minute; pages that follow each other are of one order.',
    tag: ['public', 'mobile'],
    args: { first: t.arg.int(), after: t.arg.string() },
    listSize: connectionSize,
    resolve: async (_, args, context) => {
      const page = readPage(args);
      const posts = await context.stores.feed.hot(page, context.viewerId);
      return toConnection(posts, page, ({ generation, rank }) => [generation, rank]);
    },
  }),
);

builder.objectField(Viewer, 'followingFeed', (t) =>
  t.field({
    type: PostConnection,
    description: 'The latest posts of those whom the viewer follows, without those of whom she mutes.',
    args: { first: t.arg.int(), after: t.arg.string() },
    listSize: connectionSize,
    resolve: async ({ id }, args, context) => {
      const page = readPage(args);
      return toPostConnection(await context.stores.feed.following(id, page), page);
    },
  }),
);
