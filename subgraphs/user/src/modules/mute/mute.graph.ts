import { builder, problems } from '../../builder.ts';

const refusals = [problems.NotSignedInError, problems.NotFoundError, problems.ValidationError] as const;

for (const [verb, Verb, done, description] of [
  [
    'mute',
    'Mute',
    'The viewer mutes this member now; she is not told.',
    'Mutes a member: what she writes and does is not in the feeds and notifications of the viewer, who finds it where she looks for it.',
  ],
  ['unmute', 'Unmute', 'The viewer does not mute this member.', 'Ends a mute; well also when there is none.'],
] as const) {
  const Input = builder.inputType(`${Verb}Input`, {
    description: `Whom to ${verb}.`,
    fields: (t) => ({ userId: t.id({ required: true }) }),
  });
  const Success = builder.objectRef<{ userId: string }>(`${Verb}Success`).implement({
    description: done,
    tag: ['public', 'mobile'],
    fields: (t) => ({ userId: t.exposeID('userId') }),
  });
  const Result = builder.unionType(`${Verb}Result`, {
    description: `How \`${verb}\` ended.`,
    types: [Success, ...refusals],
  });
  builder.mutationField(verb, (t) =>
    t.field({
      type: Result,
      description,
      tag: ['public', 'mobile'],
      args: { input: t.arg({ type: Input, required: true }) },
      resolve: (_, { input }, context) => context.services.mute[verb](context.member, input.userId),
    }),
  );
}
