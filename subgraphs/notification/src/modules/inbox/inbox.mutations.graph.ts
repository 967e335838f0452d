import { builder, problems } from '../../builder.ts';
import { Viewer } from '../viewer/viewer.graph.ts';
import type { NotificationsRead } from './inbox.service.ts';

const MarkNotificationsReadInput = builder.inputType('MarkNotificationsReadInput', {
  description: 'Which ones: exactly one of the two.',
  fields: (t) => ({
    ids: t.idList({ description: 'At most 100.' }),
    upToNumber: t.int({ description: 'All whose latest change has at most this number.' }),
  }),
});

const MarkNotificationsReadSuccess = builder.objectRef<NotificationsRead>('MarkNotificationsReadSuccess').implement({
  description: 'They are read; those that were read before, too.',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    markedCount: t.int({ description: 'How many were unread before.', resolve: (result) => result.count }),
    viewer: t.field({ type: Viewer, resolve: (result) => ({ id: result.memberId }) }),
  }),
});

const MarkNotificationsReadResult = builder.unionType('MarkNotificationsReadResult', {
  description: 'How `markNotificationsRead` or `markAllNotificationsRead` ended.',
  types: [MarkNotificationsReadSuccess, problems.ValidationError, problems.NotSignedInError],
});

builder.mutationFields((t) => ({
  markNotificationsRead: t.field({
    type: MarkNotificationsReadResult,
    description: 'Marks notifications as read. What is done of the same kind from now on makes new ones.',
    tag: ['public', 'mobile'],
    args: { input: t.arg({ type: MarkNotificationsReadInput, required: true }) },
    resolve: (_, { input }, context) =>
      context.services.inbox.mark(context.member, { ids: input.ids ?? null, upToNumber: input.upToNumber ?? null }),
  }),
  markAllNotificationsRead: t.field({
    type: MarkNotificationsReadResult,
    description: 'Marks the whole inbox as read.',
    tag: ['public', 'mobile'],
    resolve: (_, __, context) => context.services.inbox.markAll(context.member),
  }),
}));
