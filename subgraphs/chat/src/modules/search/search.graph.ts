import { readPage, toConnection } from '@community/kit/connection';
import { connectionSize } from '@community/kit/connection.graph';
import { isId } from '@community/kit/ids';
import { builder } from '../../builder.ts';
import { seenByViewer } from '../../rules.ts';
import { MessageConnection } from '../message/message.graph.ts';
import { isShown } from '../message/message.ts';
import { Viewer } from '../viewer/viewer.graph.ts';

builder.objectField(Viewer, 'searchMessages', (t) =>
  t.field({
    type: MessageConnection,
    description: 'Messages of her rooms that have all words of a query, the newest first.',
    args: {
      query: t.arg.string({ required: true, description: 'Words, or parts of words; at most 100 characters.' }),
      roomId: t.arg.id({ description: 'Only in this room.' }),
      first: t.arg.int(),
      after: t.arg.string(),
    },
    listSize: connectionSize,
    resolve: async (viewer, { query, roomId, ...args }, context) => {
      const page = readPage(args);
      const somewhere = roomId == null || isId(roomId);
      const found = somewhere ? await context.services.search.messages(viewer.id, query, page, roomId ?? null) : [];
      const connection = toConnection(await seenByViewer(context, found), page, (message) => [
        message.createdAt.toISOString(),
        message.id,
      ]);
      return { ...connection, edges: connection.edges.filter(({ node }) => isShown(node)) };
    },
  }),
);
