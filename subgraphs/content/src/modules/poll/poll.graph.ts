import { defineLoader } from '@community/kit/loader';
import { isProblem } from '@community/kit/problem';
import { builder, problems } from '../../builder.ts';
import type { Context } from '../../context.ts';
import { hasWords } from '../../rules.ts';
import { Post } from '../post/post.graph.ts';
import type { Post as PostShape } from '../post/post.ts';
import { PostState } from '../viewer/viewer.graph.ts';
import { isClosed } from './poll.policy.ts';
import type { PollOption as OptionShape, Poll as PollShape } from './poll.ts';

const pollOf = defineLoader<Context, string, PollShape | null>((context, ids) => context.stores.poll.ofPosts(ids));
const choicesIn = defineLoader<Context, string, string[]>(async (context, ids) =>
  context.member ? context.stores.poll.choices(context.member.id, ids) : ids.map(() => []),
);

const PollOption = builder.objectRef<OptionShape>('PollOption').implement({
  description: 'What can be chosen in a poll.',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    id: t.exposeID('id'),
    text: t.exposeString('text'),
    voteCount: t.exposeInt('voteCount', {
      description: 'Of everybody: a vote is secret, and so no block takes it away.',
    }),
  }),
});

const Poll = builder.objectRef<PollShape>('Poll').implement({
  description: 'What a post asks those who read it.',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    options: t.field({
      type: [PollOption],
      listSize: { assumedSize: 10 },
      resolve: ({ options }) => [...options],
    }),
    multiple: t.exposeBoolean('multiple', { description: 'Whether a member may choose several options.' }),
    closesAt: t.expose('closesAt', { type: 'DateTime', nullable: true }),
    closed: t.boolean({ resolve: (poll) => isClosed(poll) }),
    voterCount: t.exposeInt('voterCount', { description: 'How many members chose something.' }),
  }),
});

builder.objectField(Post, 'poll', (t) =>
  t.field({
    type: Poll,
    nullable: true,
    description: 'What it asks those who read it, if anything.',
    resolve: (post, _, context) => (hasWords(post) ? pollOf(context).load(post.id) : null),
  }),
);

builder.objectField(PostState, 'pollChoices', (t) =>
  t.idList({
    description: 'The options that the viewer chose in its poll.',
    resolve: ({ id }, _, context) => choicesIn(context).load(id),
  }),
);

const VoteInput = builder.inputType('VoteInput', {
  description: 'What to choose in the poll of a post.',
  fields: (t) => ({
    postId: t.id({ required: true }),
    optionIds: t.idList({ required: true, description: 'Instead of what was chosen before; none takes it back.' }),
  }),
});
const VoteSuccess = builder.objectRef<{ post: PostShape }>('VoteSuccess').implement({
  description: 'The vote is counted.',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    post: t.field({ type: Post, resolve: ({ post }) => post }),
    state: t.field({ type: PostState, resolve: ({ post }) => ({ id: post.id }) }),
  }),
});
const VoteResult = builder.unionType('VoteResult', {
  description: 'How `vote` ended.',
  types: [VoteSuccess, problems.ValidationError, problems.NotFoundError, problems.NotSignedInError],
});

builder.mutationField('vote', (t) =>
  t.field({
    type: VoteResult,
    description: 'Chooses in the poll of a post, until it closes. Nobody else sees what was chosen.',
    tag: ['public', 'mobile'],
    args: { input: t.arg({ type: VoteInput, required: true }) },
    resolve: async (_, { input }, context) => {
      const result = await context.services.poll.vote(context.member, input.postId, input.optionIds);
      pollOf(context).clear(input.postId);
      choicesIn(context).clear(input.postId);
      return isProblem(result) ? result : { __typename: 'VoteSuccess', post: result };
    },
  }),
);
