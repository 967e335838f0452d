import { readPage } from '@community/kit/connection';
import { connectionSize } from '@community/kit/connection.graph';
import { defineLoader } from '@community/kit/loader';
import { builder } from '../../builder.ts';
import type { Context } from '../../context.ts';
import { hasWords } from '../../rules.ts';
import { Post, PostConnection, toPostConnection } from '../post/post.graph.ts';
import { postList } from '../post/post.loader.ts';
import { readTag } from './tag.policy.ts';

const tagsOfPost = defineLoader<Context, string, string[]>((context, ids) => context.stores.tag.ofPosts(ids));

const Tag = builder.objectRef<{ name: string }>('Tag').implement({
  description: 'What posts are about, over all boards.',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Lower case, without `#`.' }),
    posts: t.field({
      type: PostConnection,
      description: 'Posts that have it, the newest first, without those of whom the viewer mutes.',
      args: { first: t.arg.int(), after: t.arg.string() },
      listSize: connectionSize,
      resolve: async ({ name }, args, context) => {
        const page = readPage(args);
        return toPostConnection(await postList(context).load({ by: 'tag', ownerId: name, page }), page);
      },
    }),
  }),
});

builder.objectField(Post, 'tags', (t) =>
  t.field({
    type: [Tag],
    description: 'What it is about, as its author said; at most five.',
    listSize: { assumedSize: 5 },
    resolve: async (post, _, context) =>
      hasWords(post) ? (await tagsOfPost(context).load(post.id)).map((name) => ({ name })) : [],
  }),
);

builder.queryField('tag', (t) =>
  t.field({
    type: Tag,
    nullable: true,
    description: 'A tag by name, in whatever spelling; null for a text that cannot be one.',
    tag: ['public', 'mobile'],
    args: { name: t.arg.string({ required: true }) },
    resolve: (_, { name }) => {
      const known = readTag(name);
      return known === null ? null : { name: known };
    },
  }),
);
