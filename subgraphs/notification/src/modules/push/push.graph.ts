import { builder, problems } from '../../builder.ts';
import type { DeviceChanged } from './push.service.ts';

builder.queryField('webPushPublicKey', (t) =>
  t.string({
    description: 'The `applicationServerKey` to subscribe a browser with (VAPID, base64url).',
    tag: ['public', 'mobile'],
    resolve: (_, __, context) => context.webPushPublicKey,
  }),
);

const RegisterPushSubscriptionInput = builder.inputType('RegisterPushSubscriptionInput', {
  description: 'What `PushSubscription.toJSON()` of the Push API gives.',
  fields: (t) => ({
    endpoint: t.string({ required: true }),
    p256dh: t.string({ required: true }),
    auth: t.string({ required: true }),
  }),
});
const RemovePushSubscriptionInput = builder.inputType('RemovePushSubscriptionInput', {
  description: 'Which device.',
  fields: (t) => ({ endpoint: t.string({ required: true }) }),
});

function success<Name extends string>(name: Name, description: string) {
  return builder.objectRef<DeviceChanged<Name>>(name).implement({
    description,
    tag: ['public', 'mobile'],
    fields: (t) => ({ endpoint: t.exposeString('endpoint') }),
  });
}

const { NotSignedInError, ValidationError } = problems;
const RegisterPushSubscriptionResult = builder.unionType('RegisterPushSubscriptionResult', {
  description: 'How `registerPushSubscription` ended.',
  types: [
    success('RegisterPushSubscriptionSuccess', 'The device is told of what the member chose for push.'),
    ValidationError,
    NotSignedInError,
  ],
});
const RemovePushSubscriptionResult = builder.unionType('RemovePushSubscriptionResult', {
  description: 'How `removePushSubscription` ended.',
  types: [success('RemovePushSubscriptionSuccess', 'The device is told nothing any more.'), NotSignedInError],
});

builder.mutationFields((t) => ({
  registerPushSubscription: t.field({
    type: RegisterPushSubscriptionResult,
    description: "Registers the viewer's device for push, until her session ends.",
    tag: ['public', 'mobile'],
    args: { input: t.arg({ type: RegisterPushSubscriptionInput, required: true }) },
    resolve: (_, { input }, context) => context.services.push.register(context.member, { ...input }),
  }),
  removePushSubscription: t.field({
    type: RemovePushSubscriptionResult,
    description: "Removes the viewer's device.",
    tag: ['public', 'mobile'],
    args: { input: t.arg({ type: RemovePushSubscriptionInput, required: true }) },
    resolve: (_, { input }, context) => context.services.push.remove(context.member, input.endpoint),
  }),
}));
