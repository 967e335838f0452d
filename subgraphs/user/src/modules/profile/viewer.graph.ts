import { addViewer } from '@community/kit/viewer.graph';
import { builder } from '../../builder.ts';
import { User } from './profile.graph.ts';
import { profileById } from './profile.loader.ts';

export const Viewer = addViewer(builder);

builder.objectField(Viewer, 'user', (t) =>
  t.field({
    type: User,
    nullable: true,
    description: 'Her public face.',
    resolve: ({ id }, _, context) => profileById(context).load(id),
  }),
);
