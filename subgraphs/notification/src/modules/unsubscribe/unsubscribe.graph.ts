import { builder, problems } from '../../builder.ts';
import { Kind } from '../inbox/inbox.graph.ts';
import type { Unsubscribed } from './unsubscribe.service.ts';

const UnsubscribeFromMailInput = builder.inputType('UnsubscribeFromMailInput', {
  description: 'By which link.',
  fields: (t) => ({ token: t.string({ required: true, description: 'Of the link in a mail.' }) }),
});

const UnsubscribeFromMailSuccess = builder.objectRef<Unsubscribed>('UnsubscribeFromMailSuccess').implement({
  description: 'No such mail is sent to the member of the link any more; well also when none was.',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    kind: t.field({
      type: Kind,
      nullable: true,
      description: 'What the mails were about; null for the digest.',
      resolve: ({ topic }) => (topic === 'DIGEST' ? null : topic),
    }),
  }),
});

const UnsubscribeFromMailResult = builder.unionType('UnsubscribeFromMailResult', {
  description: 'How `unsubscribeFromMail` ended.',
  types: [UnsubscribeFromMailSuccess, problems.ValidationError],
});

builder.mutationField('unsubscribeFromMail', (t) =>
  t.field({
    type: UnsubscribeFromMailResult,
    description: 'Stops mails by the link that is in each of them. Needs no sign-in: the link is the right to do it.',
    tag: ['public', 'mobile'],
    args: { input: t.arg({ type: UnsubscribeFromMailInput, required: true }) },
    resolve: (_, { input }, context) => context.services.unsubscribe.unsubscribe(input.token),
  }),
);
