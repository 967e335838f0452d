import { builder, problems } from '../../builder.ts';

for (const [verb, Verb, whom, done, description] of [
  [
    'accept',
    'Accept',
    'Who asked.',
    'She follows the viewer now.',
    'Lets a member follow the viewer who asked for it.',
  ],
  [
    'decline',
    'Decline',
    'Who asked.',
    'The request is gone; she is not told.',
    'Refuses a request to follow the viewer.',
  ],
  [
    'cancel',
    'Cancel',
    'Who was asked.',
    'There is no request of the viewer to follow her.',
    'Takes back what the viewer asked; well also when there is no such request.',
  ],
] as const) {
  const Input = builder.inputType(`${Verb}FollowRequestInput`, {
    description: 'Which request.',
    fields: (t) => ({ userId: t.id({ required: true, description: whom }) }),
  });
  const Success = builder.objectRef<{ userId: string }>(`${Verb}FollowRequestSuccess`).implement({
    description: done,
    tag: ['public', 'mobile'],
    fields: (t) => ({ userId: t.exposeID('userId') }),
  });
  const Result = builder.unionType(`${Verb}FollowRequestResult`, {
    description: `How \`${verb}FollowRequest\` ended.`,
    types: [Success, problems.NotSignedInError, problems.NotFoundError],
  });
  builder.mutationField(`${verb}FollowRequest`, (t) =>
    t.field({
      type: Result,
      description,
      tag: ['public', 'mobile'],
      args: { input: t.arg({ type: Input, required: true }) },
      resolve: (_, { input }, context) => context.services.followRequest[verb](context.member, input.userId),
    }),
  );
}
