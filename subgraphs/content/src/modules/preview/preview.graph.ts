import { defineLoader } from '@community/kit/loader';
import { builder } from '../../builder.ts';
import type { Context } from '../../context.ts';
import { hasWords } from '../../rules.ts';
import { Post } from '../post/post.graph.ts';
import type { LinkPreview as PreviewShape } from './preview.store.ts';

const previewOf = defineLoader<Context, string, PreviewShape | null>((context, ids) =>
  context.stores.preview.ofPosts(ids),
);

const LinkPreview = builder.objectRef<PreviewShape>('LinkPreview').implement({
  description: 'What a page says of itself, as plain text. Pictures are left out: they would tell its host who reads.',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    url: t.exposeString('url'),
    title: t.exposeString('title'),
    description: t.exposeString('description', { nullable: true }),
    siteName: t.exposeString('siteName', { nullable: true }),
  }),
});

builder.objectField(Post, 'linkPreview', (t) =>
  t.field({
    type: LinkPreview,
    nullable: true,
    description:
      'What the first page that it links to says of itself; null until it was read, and when it says nothing.',
    resolve: (post, _, context) => (hasWords(post) ? previewOf(context).load(post.id) : null),
  }),
);
