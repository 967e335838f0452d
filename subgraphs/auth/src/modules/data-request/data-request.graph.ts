import { builder } from '../../builder.ts';
import { Viewer } from '../account/viewer.graph.ts';
import type { DataReceipt, DataRequest } from './data-request.ts';

const DataRequestKind = builder.enumType('DataRequestKind', {
  description: 'What a member asks for: all that is held of her, or that it is erased.',
  values: ['EXPORT', 'ERASURE'] as const,
});

const DataRequestState = builder.enumType('DataRequestState', {
  description: 'WAITING: an erasure that can still be cancelled. RUNNING: the domains are at work.',
  values: ['WAITING', 'RUNNING', 'DONE', 'CANCELLED'] as const,
});

const DataReceiptItem = builder.objectRef<DataReceipt['items'][number]>('DataReceiptItem').implement({
  description: 'How many things of one kind were exported or erased.',
  tag: ['public', 'mobile'],
  fields: (t) => ({ name: t.exposeString('name'), count: t.exposeInt('count') }),
});

const DataReceiptType = builder.objectRef<DataReceipt>('DataReceipt').implement({
  description: 'What one domain answered: it has done its part.',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    domain: t.exposeString('domain'),
    items: t.field({ type: [DataReceiptItem], resolve: ({ items }) => [...items] }),
    at: t.expose('at', { type: 'DateTime' }),
  }),
});

export const DataRequestType = builder.objectRef<DataRequest>('DataRequest').implement({
  description: "A request about a member's data, with the receipts of all domains that hold some.",
  tag: ['public', 'mobile'],
  fields: (t) => ({
    id: t.exposeID('id'),
    kind: t.field({ type: DataRequestKind, resolve: ({ kind }) => kind }),
    state: t.field({ type: DataRequestState, resolve: ({ state }) => state }),
    requestedAt: t.expose('requestedAt', { type: 'DateTime' }),
    dueAt: t.expose('dueAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When an erasure begins; until then it can be cancelled.',
    }),
    receipts: t.field({ type: [DataReceiptType], resolve: ({ receipts }) => [...receipts] }),
    missing: t.exposeStringList('missing', { description: 'The domains that have not answered.' }),
    document: t.string({
      nullable: true,
      description:
        'The export as JSON text; null until it is done, and after seven days. Ask for it alone: it may be long.',
      resolve: (request, _, context) => context.exportDocument(request),
    }),
  }),
});

builder.objectField(Viewer, 'dataRequests', (t) =>
  t.field({
    type: [DataRequestType],
    description: 'What she asked for about her data, the newest first.',
    resolve: ({ id }, _, context) =>
      context.member?.id === id ? context.services.dataRequest.list(context.member) : [],
  }),
);

builder.queryField('erasureReceipt', (t) =>
  t.field({
    type: DataRequestType,
    nullable: true,
    description: 'An erasure by the token that was given when it was asked for: for her who has no account any more.',
    tag: ['public', 'mobile'],
    args: { token: t.arg.string({ required: true }) },
    resolve: (_, { token }, context) => context.services.dataRequest.byReceipt(token),
  }),
);
