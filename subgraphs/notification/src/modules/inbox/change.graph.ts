import { MAX_PAGE } from '@community/kit/connection';
import { GraphQLError } from 'graphql';
import { builder } from '../../builder.ts';
import { Viewer } from '../viewer/viewer.graph.ts';
import { Notification } from './inbox.graph.ts';
import type { Change as ChangeShape } from './inbox.ts';
import { unreadCount } from './unread-count.loader.ts';

const ChangeType = builder.enumType('NotificationChangeType', {
  description: 'What became of a notification.',
  values: {
    CHANGED: { description: 'It is new, or others joined it, or it was read: `notification` is how it is now.' },
    REMOVED: { description: 'Nothing is left of it: it is out of the inbox.' },
    RELOAD: { description: 'Several were read at once: read the inbox and its count again.' },
  },
});

export const Change = builder.objectRef<ChangeShape>('NotificationChange').implement({
  description: 'A change of the inbox. Numbers have no gaps: who sees one that is not the next has missed some.',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    number: t.exposeInt('number'),
    type: t.field({
      type: ChangeType,
      resolve: ({ notification }) => (notification ? (notification.shown ? 'CHANGED' : 'REMOVED') : 'RELOAD'),
    }),
    notification: t.field({
      type: Notification,
      nullable: true,
      description: 'As it is now, which may be newer than this change.',
      resolve: ({ notification }) => notification,
    }),
    unreadNotificationCount: t.int({
      description: 'How many are unread now.',
      resolve: ({ recipientId }, _, context) => unreadCount(context).load(recipientId),
    }),
  }),
});

interface Page {
  readonly changes: readonly ChangeShape[];
  readonly hasMore: boolean;
  readonly complete: boolean;
}

const ChangePage = builder.objectRef<Page>('NotificationChanges').implement({
  description: 'What changed in the inbox after a number.',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    changes: t.field({ type: [Change], description: 'In order.', resolve: (page) => [...page.changes] }),
    hasMore: t.exposeBoolean('hasMore', { description: 'Ask again after the last number.' }),
    complete: t.exposeBoolean('complete', {
      description: 'False when changes after the number are not kept any more: read the inbox again.',
    }),
  }),
});

builder.objectFields(Viewer, (t) => ({
  notificationNumber: t.int({
    description: 'The number of the latest change of her inbox.',
    resolve: ({ id }, _, context) => context.stores.change.lastNumber(id),
  }),
  notificationChanges: t.field({
    type: ChangePage,
    description: 'What changed after a number that she knows, for who was away.',
    args: { after: t.arg.int({ required: true }), first: t.arg.int() },
    listSize: {
      slicingArguments: ['first'],
      assumedSize: 100,
      sizedFields: ['changes'],
      requireOneSlicingArgument: false,
    },
    resolve: async ({ id }, { after, first }, context): Promise<Page> => {
      const limit = first ?? MAX_PAGE;
      if (limit < 1 || limit > MAX_PAGE)
        throw new GraphQLError(`\`first\` must be from 1 to ${MAX_PAGE}, not ${limit}.`, {
          extensions: { code: 'BAD_USER_INPUT' },
        });
      const [last, found] = [
        await context.stores.change.lastNumber(id),
        await context.stores.change.after(id, after, limit + 1),
      ];
      const complete = found[0] ? found[0].number === after + 1 : after === last;
      return { changes: found.slice(0, limit), hasMore: found.length > limit, complete };
    },
  }),
}));

builder.subscriptionField('notificationChanged', (t) =>
  t.field({
    type: Change,
    description:
      'The changes of the inbox as they come, at most one a second of each notification. With `after`, first those after a number that the client knows.',
    tag: ['public', 'mobile'],
    args: { after: t.arg.int() },
    subscribe: (_, { after }, { member, services }) => {
      if (!member) throw new GraphQLError('Sign in to do this.', { extensions: { code: 'NOT_SIGNED_IN' } });
      return services.openChangeStream(member.id, after ?? null);
    },
    resolve: (change) => change,
  }),
);
