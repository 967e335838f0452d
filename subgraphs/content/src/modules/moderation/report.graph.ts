import { isProblem } from '@community/kit/problem';
import { builder, problems } from '../../builder.ts';
import type { ReportReason as Reason } from './moderation.ts';

export const ReportReason = builder.enumType('ReportReason', {
  description: 'What is wrong with something.',
  values: {
    SPAM: { description: 'Advertising, or the same again and again.' },
    HARASSMENT: { description: 'It attacks somebody.' },
    HATE: { description: 'It attacks people for what they are.' },
    VIOLENCE: { description: 'It threatens, or praises violence.' },
    SEXUAL: { description: 'It shows what does not belong here.' },
    PRIVACY: { description: "It tells somebody's private matters." },
    OTHER: { description: 'The note says what.' },
  } satisfies Record<Reason, object>,
});

for (const kind of ['POST', 'COMMENT'] as const) {
  const Kind = kind === 'POST' ? 'Post' : 'Comment';
  const thing = kind === 'POST' ? 'post' : 'comment';
  const Input = builder.inputType(`Report${Kind}Input`, {
    description: `Which ${thing}, and what is wrong with it.`,
    fields: (t) => ({
      id: t.id({ required: true, description: `Of the ${thing}.` }),
      reason: t.field({ type: ReportReason, required: true }),
      note: t.string({ description: 'For moderators; at most 500 characters.' }),
    }),
  });
  const Success = builder.objectRef<{ id: string }>(`Report${Kind}Success`).implement({
    description: 'Moderators will look at it.',
    tag: ['public', 'mobile'],
    fields: (t) => ({ id: t.exposeID('id', { description: `Of the ${thing}.` }) }),
  });
  const Result = builder.unionType(`Report${Kind}Result`, {
    description: `How \`report${Kind}\` ended.`,
    types: [
      Success,
      problems.ValidationError,
      problems.NotFoundError,
      problems.ForbiddenError,
      problems.NotSignedInError,
    ],
  });
  builder.mutationField(`report${Kind}`, (t) =>
    t.field({
      type: Result,
      description: `Tells moderators of a ${thing}, once. Its author is not told.`,
      tag: ['public', 'mobile'],
      args: { input: t.arg({ type: Input, required: true }) },
      resolve: async (_, { input }, context) => {
        const { id, reason, note } = input;
        const said = { reason, note: note ?? '' };
        const result = await context.services.moderation.report(context.member, { kind, id }, said, ['input', 'id']);
        return isProblem(result) ? result : { __typename: `Report${Kind}Success`, ...result };
      },
    }),
  );
}
