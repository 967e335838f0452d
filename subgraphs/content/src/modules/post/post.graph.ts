import { type PageRequest, readPage, toConnection } from '@community/kit/connection';
import { connectionSize } from '@community/kit/connection.graph';
import { builder, defineConnection } from '../../builder.ts';
import { hasWords } from '../../rules.ts';
import { shownOfPost } from '../audience/hidden-counts.loader.ts';
import { Board } from '../board/board.graph.ts';
import { boardById } from '../board/board.loader.ts';
import { User } from '../viewer/user.graph.ts';
import { postById, postList } from './post.loader.ts';
import type { Post as PostShape, Visibility as VisibilityShape } from './post.ts';

export const Visibility = builder.enumType('Visibility', {
  description: 'Whether something is shown; what is not leaves a tombstone without words and author.',
  values: {
    PUBLIC: { description: 'Everybody sees it.' },
    HIDDEN: { description: 'A moderator took it away.' },
    DELETED: { description: 'Its author took it away.' },
    HELD: { description: 'A moderator has not let it be shown: its author alone sees it.' },
  } satisfies Record<VisibilityShape, object>,
});

export const Post = builder.objectRef<PostShape>('Post').implement({
  description: 'What a member published on a board. A deleted post has no words and no author any more.',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    id: t.exposeID('id'),
    board: t.field({
      type: Board,
      nullable: true,
      resolve: (post, _, context) => boardById(context).load(post.boardId),
    }),
    author: t.field({ type: User, nullable: true, resolve: (post) => (hasWords(post) ? { id: post.authorId } : null) }),
    title: t.string({ nullable: true, resolve: (post) => (hasWords(post) ? post.title : null) }),
    body: t.string({
      nullable: true,
      description: 'Markdown, as it was written.',
      resolve: (post) => (hasWords(post) ? post.body : null),
    }),
    bodyHtml: t.string({
      nullable: true,
      description: 'Rendered, and safe to put into a page.',
      resolve: (post) => (hasWords(post) ? post.bodyHtml : null),
    }),
    language: t.exposeString('language', { description: 'The language that it is written in.' }),
    visibility: t.field({ type: Visibility, resolve: (post) => post.visibility }),
    version: t.exposeInt('version', { description: 'Send it back as `expectedVersion`.' }),
    likeCount: t.int({
      description: 'Without those whom a block hides from the viewer.',
      resolve: (post, _, context) => shownOfPost(context, post, 'likes'),
    }),
    commentCount: t.int({
      description: 'Without those whom a block hides from the viewer.',
      resolve: (post, _, context) => shownOfPost(context, post, 'comments'),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    editedAt: t.expose('editedAt', { type: 'DateTime', nullable: true }),
  }),
});

builder.asEntity(Post, {
  key: builder.selection<{ id: string }>('id'),
  resolveReference: ({ id }, context) => postById(context).load(id),
});

export const PostConnection = defineConnection('Post', Post);

export const toPostConnection = (posts: readonly PostShape[], page: PageRequest) =>
  toConnection(posts, page, (post) => [post.createdAt.toISOString(), post.id]);

builder.queryFields((t) => ({
  post: t.field({
    type: Post,
    nullable: true,
    description: 'A post by id; null where there is none or the viewer may not see it.',
    tag: ['public', 'mobile'],
    args: { id: t.arg.id({ required: true }) },
    resolve: (_, { id }, context) => postById(context).load(id),
  }),
  feed: t.field({
    type: PostConnection,
    description: 'The latest posts of all boards, without those of whom the viewer mutes.',
    tag: ['public', 'mobile'],
    args: { first: t.arg.int(), after: t.arg.string() },
    listSize: connectionSize,
    resolve: async (_, args, context) => {
      const page = readPage(args);
      return toPostConnection(await context.stores.post.latest(page, context.viewerId), page);
    },
  }),
}));

builder.objectField(Board, 'posts', (t) =>
  t.field({
    type: PostConnection,
    description: 'Its posts, the newest first, without those of whom the viewer mutes.',
    args: { first: t.arg.int(), after: t.arg.string() },
    listSize: connectionSize,
    resolve: async (board, args, context) => {
      const page = readPage(args);
      return toPostConnection(await postList(context).load({ by: 'board', ownerId: board.id, page }), page);
    },
  }),
);

builder.objectField(User, 'posts', (t) =>
  t.field({
    type: PostConnection,
    description: 'What she published, the newest first.',
    args: { first: t.arg.int(), after: t.arg.string() },
    listSize: connectionSize,
    resolve: async (user, args, context) => {
      const page = readPage(args);
      return toPostConnection(await postList(context).load({ by: 'author', ownerId: user.id, page }), page);
    },
  }),
);
