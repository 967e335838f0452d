import { builder, problems } from '../../builder.ts';
import { KINDS, type Kind as KindShape } from '../act/act.ts';
import { Kind } from '../inbox/inbox.graph.ts';
import { Viewer } from '../viewer/viewer.graph.ts';
import type { PreferencesUpdated } from './preference.service.ts';
import {
  type Channel as ChannelShape,
  channelsOf,
  type Digest as DigestShape,
  type Preferences as PreferencesShape,
} from './preference.ts';

const Channel = builder.enumType('NotificationChannel', {
  description: 'By what a member is told.',
  values: {
    IN_APP: { description: 'In the inbox, live.' },
    EMAIL: { description: 'By e-mail, when it is still unread after some minutes.' },
    PUSH: { description: 'By push to the devices that she registered.' },
  } satisfies Record<ChannelShape, object>,
});

const Digest = builder.enumType('NotificationDigest', {
  description: 'How often a mail sums up what is unread; none is sent when nothing is.',
  values: {
    OFF: { description: 'Never.' },
    DAILY: { description: 'Every day.' },
    WEEKLY: { description: 'On Mondays.' },
  } satisfies Record<DigestShape, object>,
});

const KindPreference = builder
  .objectRef<{ kind: KindShape; channels: readonly ChannelShape[] }>('NotificationKindPreference')
  .implement({
    description: 'By what the member is told of a kind.',
    tag: ['public', 'mobile'],
    fields: (t) => ({
      kind: t.field({ type: Kind, resolve: (preference) => preference.kind }),
      channels: t.field({ type: [Channel], resolve: (preference) => [...preference.channels] }),
    }),
  });

const Preferences = builder.objectRef<PreferencesShape>('NotificationPreferences').implement({
  description: 'How the member wants to be told.',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    version: t.exposeInt('version', { description: 'Send it back as `expectedVersion`.' }),
    kinds: t.field({
      type: [KindPreference],
      description: 'All kinds.',
      resolve: ({ channels }) => KINDS.map((kind) => ({ kind, channels: channelsOf(channels, kind) })),
    }),
    digest: t.field({ type: Digest, resolve: (preferences) => preferences.digest }),
    digestHour: t.exposeInt('digestHour', { description: 'The hour of her day at which it is sent, 0 to 23.' }),
    timeZone: t.exposeString('timeZone', { description: 'IANA name, such as Asia/Seoul.' }),
  }),
});

builder.objectField(Viewer, 'notificationPreferences', (t) =>
  t.field({
    type: Preferences,
    resolve: ({ id }, _, context) => context.stores.preference.of(id),
  }),
);

const KindPreferenceInput = builder.inputType('NotificationKindPreferenceInput', {
  description: 'By what the member is told of a kind from now on.',
  fields: (t) => ({
    kind: t.field({ type: Kind, required: true }),
    channels: t.field({ type: [Channel], required: true, description: 'None to be told in no way.' }),
  }),
});

const UpdateNotificationPreferencesInput = builder.inputType('UpdateNotificationPreferencesInput', {
  description: 'What is left out stays as it is.',
  fields: (t) => ({
    kinds: t.field({ type: [KindPreferenceInput] }),
    digest: t.field({ type: Digest }),
    digestHour: t.int({ description: '0 to 23.' }),
    timeZone: t.string({ description: 'IANA name, such as Asia/Seoul.' }),
    expectedVersion: t.int({ required: true, description: 'The `version` of the preferences that were read.' }),
  }),
});

const UpdateNotificationPreferencesSuccess = builder
  .objectRef<PreferencesUpdated>('UpdateNotificationPreferencesSuccess')
  .implement({
    description: 'The preferences were changed.',
    tag: ['public', 'mobile'],
    fields: (t) => ({ preferences: t.field({ type: Preferences, resolve: (result) => result.preferences }) }),
  });

const UpdateNotificationPreferencesResult = builder.unionType('UpdateNotificationPreferencesResult', {
  description: 'How `updateNotificationPreferences` ended.',
  types: [
    UpdateNotificationPreferencesSuccess,
    problems.ValidationError,
    problems.ConflictError,
    problems.NotSignedInError,
  ],
});

builder.mutationField('updateNotificationPreferences', (t) =>
  t.field({
    type: UpdateNotificationPreferencesResult,
    description: 'Changes how the viewer is told.',
    tag: ['public', 'mobile'],
    args: { input: t.arg({ type: UpdateNotificationPreferencesInput, required: true }) },
    resolve: (_, { input }, context) =>
      context.services.preference.update(context.member, {
        channels: Object.fromEntries((input.kinds ?? []).map(({ kind, channels }) => [kind, [...new Set(channels)]])),
        digest: input.digest ?? undefined,
        digestHour: input.digestHour ?? undefined,
        timeZone: input.timeZone ?? undefined,
        expectedVersion: input.expectedVersion,
      }),
  }),
);
