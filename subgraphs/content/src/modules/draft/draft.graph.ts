import { readPage, toConnection } from '@community/kit/connection';
import { connectionSize } from '@community/kit/connection.graph';
import { defineIdLoader } from '@community/kit/loader';
import { builder, defineConnection } from '../../builder.ts';
import type { Context } from '../../context.ts';
import { Board } from '../board/board.graph.ts';
import { boardById } from '../board/board.loader.ts';
import { Viewer } from '../viewer/viewer.graph.ts';
import type { Draft as DraftShape } from './draft.ts';

/** The viewer's own drafts by id; null for everybody else's. */
const draftById = defineIdLoader<Context, DraftShape>(async (context, ids) =>
  context.member ? context.stores.draft.byIds(context.member.id, ids) : ids.map(() => null),
);

export const Draft = builder.objectRef<DraftShape>('Draft').implement({
  description: 'A post that is being written. Its author alone sees it; published, it is a post of the same id.',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    id: t.exposeID('id'),
    board: t.field({
      type: Board,
      nullable: true,
      description: 'Null while none is chosen.',
      resolve: ({ boardId }, _, context) => (boardId ? boardById(context).load(boardId) : null),
    }),
    title: t.exposeString('title'),
    body: t.exposeString('body', { description: 'Markdown, as it was written.' }),
    language: t.exposeString('language'),
    tags: t.stringList({ resolve: (draft) => [...draft.tags] }),
    version: t.exposeInt('version', { description: 'Send it back as `expectedVersion`.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    savedAt: t.expose('savedAt', { type: 'DateTime' }),
  }),
});

builder.asEntity(Draft, {
  key: builder.selection<{ id: string }>('id'),
  resolveReference: ({ id }, context) => draftById(context).load(id),
});

const DraftConnection = defineConnection('Draft', Draft);

builder.objectFields(Viewer, (t) => ({
  draft: t.field({
    type: Draft,
    nullable: true,
    description: 'A draft of the viewer; null where she has none of this id.',
    args: { id: t.arg.id({ required: true }) },
    resolve: (_, { id }, context) => draftById(context).load(id),
  }),
  drafts: t.field({
    type: DraftConnection,
    description: "The viewer's drafts, the last saved first.",
    args: { first: t.arg.int(), after: t.arg.string() },
    listSize: connectionSize,
    resolve: async ({ id }, args, context) => {
      const page = readPage(args);
      const drafts = await context.stores.draft.page(id, page);
      return toConnection(drafts, page, (draft) => [draft.savedAt.toISOString(), draft.id]);
    },
  }),
}));
