import { addViewer } from '@community/kit/viewer.graph';
import { builder } from '../../builder.ts';
import { AccountType } from './account.graph.ts';
import { ownAccount } from './account.loader.ts';

export const Viewer = addViewer(builder);

builder.objectField(Viewer, 'account', (t) =>
  t.field({
    type: AccountType,
    nullable: true,
    description: 'How she signs in.',
    resolve: ({ id }, _, context) => ownAccount(context).load(id),
  }),
);
