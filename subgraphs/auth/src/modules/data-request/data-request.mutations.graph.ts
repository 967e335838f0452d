import { builder, problems } from '../../builder.ts';
import { InvalidCredentialsError } from '../sign-in/sign-in.graph.ts';
import { TooManyAttemptsError } from '../throttle/throttle.graph.ts';
import { DataRequestType } from './data-request.graph.ts';
import type { ErasureRequested, Requested } from './data-request.service.ts';

const RequestDataExportSuccess = builder
  .objectRef<Requested<'RequestDataExportSuccess'>>('RequestDataExportSuccess')
  .implement({
    description: 'All domains were asked.',
    tag: ['public', 'mobile'],
    fields: (t) => ({ request: t.field({ type: DataRequestType, resolve: ({ request }) => request }) }),
  });

const RequestDataExportResult = builder.unionType('RequestDataExportResult', {
  description: 'How `requestDataExport` ended.',
  types: [RequestDataExportSuccess, problems.NotSignedInError, problems.ConflictError],
});

builder.mutationField('requestDataExport', (t) =>
  t.field({
    type: RequestDataExportResult,
    description: 'Has everything that is held of the viewer put together, for her to download; one at a time.',
    tag: ['public', 'mobile'],
    resolve: (_, __, context) => context.services.dataRequest.requestExport(context.member),
  }),
);

const RequestErasureInput = builder.inputType('RequestErasureInput', {
  description: 'An open session is not enough to erase somebody.',
  fields: (t) => ({ password: t.string({ required: true }) }),
});

const RequestErasureSuccess = builder.objectRef<ErasureRequested>('RequestErasureSuccess').implement({
  description: 'The account will be erased when the delay is over.',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    request: t.field({ type: DataRequestType, resolve: ({ request }) => request }),
    receiptToken: t.exposeString('receiptToken', {
      description: 'For `erasureReceipt`, when the account is gone. It is shown here and never again.',
    }),
  }),
});

const RequestErasureResult = builder.unionType('RequestErasureResult', {
  description: 'How `requestErasure` ended.',
  types: [
    RequestErasureSuccess,
    problems.NotSignedInError,
    InvalidCredentialsError,
    TooManyAttemptsError,
    problems.ConflictError,
  ],
});

builder.mutationField('requestErasure', (t) =>
  t.field({
    type: RequestErasureResult,
    description: 'Has everything that is held of the viewer erased, after a delay in which she can cancel it.',
    tag: ['public', 'mobile'],
    // It hashes a password.
    cost: 50,
    args: { input: t.arg({ type: RequestErasureInput, required: true }) },
    resolve: (_, { input }, context) => context.services.dataRequest.requestErasure(context.member, input.password),
  }),
);

const CancelErasureSuccess = builder.objectRef<Requested<'CancelErasureSuccess'>>('CancelErasureSuccess').implement({
  description: 'Nothing will be erased.',
  tag: ['public', 'mobile'],
  fields: (t) => ({ request: t.field({ type: DataRequestType, resolve: ({ request }) => request }) }),
});

const CancelErasureResult = builder.unionType('CancelErasureResult', {
  description: 'How `cancelErasure` ended.',
  types: [CancelErasureSuccess, problems.NotSignedInError, problems.NotFoundError],
});

builder.mutationField('cancelErasure', (t) =>
  t.field({
    type: CancelErasureResult,
    description: "Takes the viewer's erasure back while its delay lasts.",
    tag: ['public', 'mobile'],
    resolve: (_, __, context) => context.services.dataRequest.cancelErasure(context.member),
  }),
);
