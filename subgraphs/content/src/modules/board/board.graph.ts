import { builder, problems } from '../../builder.ts';
import { boardById, boardBySlug } from './board.loader.ts';
import type { BoardCreated } from './board.service.ts';
import type { Board as BoardShape } from './board.ts';

export const Board = builder.objectRef<BoardShape>('Board').implement({
  description: 'A place for posts on one subject.',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    id: t.exposeID('id'),
    slug: t.exposeString('slug', { description: 'In URLs; unique.' }),
    name: t.exposeString('name'),
    description: t.exposeString('description'),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
});

builder.asEntity(Board, {
  key: builder.selection<{ id: string }>('id'),
  resolveReference: ({ id }, context) => boardById(context).load(id),
});

builder.queryFields((t) => ({
  boards: t.field({
    type: [Board],
    description: 'All boards by name.',
    tag: ['public', 'mobile'],
    listSize: { assumedSize: 50 },
    resolve: (_, __, context) => context.stores.board.all(),
  }),
  board: t.field({
    type: Board,
    nullable: true,
    description: 'A board by id or by slug.',
    tag: ['public', 'mobile'],
    args: { id: t.arg.id(), slug: t.arg.string() },
    resolve: (_, { id, slug }, context) => {
      if (id) return boardById(context).load(id);
      return slug ? boardBySlug(context).load(slug) : null;
    },
  }),
}));

const CreateBoardInput = builder.inputType('CreateBoardInput', {
  description: 'A new board.',
  fields: (t) => ({
    slug: t.string({ required: true, description: 'Letters a-z, digits and hyphens; unique.' }),
    name: t.string({ required: true, description: '1 to 80 characters.' }),
    description: t.string({ description: 'At most 500 characters.' }),
    clientMutationId: t.string({ description: 'Makes a retry harmless; at most 100 characters.' }),
  }),
});

const CreateBoardSuccess = builder.objectRef<BoardCreated>('CreateBoardSuccess').implement({
  description: 'The board was made.',
  tag: ['public', 'mobile'],
  fields: (t) => ({ board: t.field({ type: Board, resolve: (result) => result.board }) }),
});

const SlugTakenError = problems.defineProblem('SlugTakenError', 'There is a board with this slug already.');

const CreateBoardResult = builder.unionType('CreateBoardResult', {
  description: 'How `createBoard` ended.',
  types: [
    CreateBoardSuccess,
    SlugTakenError,
    problems.ValidationError,
    problems.ForbiddenError,
    problems.NotSignedInError,
    problems.ConflictError,
  ],
});

builder.mutationField('createBoard', (t) =>
  t.field({
    type: CreateBoardResult,
    description: 'Makes a board; for moderators.',
    tag: ['public', 'mobile'],
    args: { input: t.arg({ type: CreateBoardInput, required: true }) },
    resolve: (_, { input }, context) =>
      context.services.board.create(context.member, {
        slug: input.slug,
        name: input.name,
        description: input.description ?? '',
        clientMutationId: input.clientMutationId ?? null,
      }),
  }),
);
