import { readPage, toConnection } from '@community/kit/connection';
import { connectionSize } from '@community/kit/connection.graph';
import { builder } from '../../builder.ts';
import { UserConnection } from '../profile/profile.graph.ts';
import { profileById } from '../profile/profile.loader.ts';
import { readSearch } from './directory.policy.ts';

builder.queryField('members', (t) =>
  t.field({
    type: UserConnection,
    description:
      'Members whose handle and name hold the words of a query, in Korean or English: first whose handle it is, then those whose handle or name begin with it, then the shorter names. Who does not want to be found by the viewer is not there.',
    tag: ['public', 'mobile'],
    args: {
      query: t.arg.string({ required: true, description: 'At most 60 characters.' }),
      first: t.arg.int(),
      after: t.arg.string(),
    },
    listSize: connectionSize,
    resolve: async (_, { query, ...args }, context) => {
      const page = readPage(args, 3);
      const found = await context.stores.directory.search(readSearch(query), page, context.viewerId);
      const connection = toConnection(found, page, ({ rank, length, handle }) => [rank, length, handle]);
      const profiles = await Promise.all(connection.edges.map((edge) => profileById(context).load(edge.node.id)));
      return {
        ...connection,
        edges: connection.edges.flatMap(({ cursor }, i) => (profiles[i] ? [{ cursor, node: profiles[i] }] : [])),
      };
    },
  }),
);
