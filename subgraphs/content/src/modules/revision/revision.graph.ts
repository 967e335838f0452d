import { readPage, toConnection } from '@community/kit/connection';
import { connectionSize } from '@community/kit/connection.graph';
import { defineLoader } from '@community/kit/loader';
import { builder, defineConnection } from '../../builder.ts';
import type { Context } from '../../context.ts';
import { Comment } from '../comment/comment.graph.ts';
import { Post } from '../post/post.graph.ts';
import type { Visibility } from '../post/post.ts';
import { type Change, type ChangeKind, textOf } from './difference.ts';
import { mayReadRevisions } from './revision.policy.ts';
import type { RevisionList } from './revision.store.ts';
import type { Revision as RevisionShape } from './revision.ts';

const Kind = builder.enumType('ChangeKind', {
  description: 'What became of a part of a text.',
  values: { SAME: {}, ADDED: {}, REMOVED: {} } satisfies Record<ChangeKind, object>,
});

const TextChange = builder.objectRef<Change>('TextChange').implement({
  description: 'A part of a text and what became of it: parts that are not removed are the new text.',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    kind: t.field({ type: Kind, resolve: ([kind]) => kind }),
    text: t.string({ resolve: ([, text]) => text }),
  }),
});

const Revision = builder.objectRef<RevisionShape>('Revision').implement({
  description: 'What a post or a comment said at one version of it.',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    version: t.exposeInt('version'),
    title: t.exposeString('title', { nullable: true, description: "A post's; null for a comment." }),
    body: t.string({ description: 'Markdown, as it was written.', resolve: ({ changes }) => textOf(changes) }),
    changes: t.field({
      type: [TextChange],
      description: 'How the body came from the version before; of the first one all is added.',
      listSize: { assumedSize: 50 },
      resolve: ({ changes }) => [...changes],
    }),
    writtenAt: t.expose('writtenAt', { type: 'DateTime' }),
  }),
});

const RevisionConnection = defineConnection('Revision', Revision);
const revisionList = defineLoader<Context, RevisionList, RevisionShape[]>((context, lists) =>
  context.stores.revision.lists(lists),
);

async function revisionsOf(
  context: Context,
  thing: { readonly id: string; readonly visibility: Visibility },
  args: { first?: number | null; after?: string | null },
) {
  const page = readPage(args, 1);
  const mayRead = mayReadRevisions(context.member, thing);
  const rows = mayRead ? await revisionList(context).load({ thingId: thing.id, page }) : [];
  return toConnection(rows, page, ({ version }) => [version]);
}

const DESCRIPTION = 'What it said, the latest version first; empty while it was never edited.';
builder.objectField(Post, 'revisions', (t) =>
  t.field({
    type: RevisionConnection,
    description: DESCRIPTION,
    args: { first: t.arg.int(), after: t.arg.string() },
    listSize: connectionSize,
    resolve: (post, args, context) => revisionsOf(context, post, args),
  }),
);
builder.objectField(Comment, 'revisions', (t) =>
  t.field({
    type: RevisionConnection,
    description: DESCRIPTION,
    args: { first: t.arg.int(), after: t.arg.string() },
    listSize: connectionSize,
    resolve: (comment, args, context) => revisionsOf(context, comment, args),
  }),
);
