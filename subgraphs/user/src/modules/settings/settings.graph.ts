import { builder, problems } from '../../builder.ts';
import { Viewer } from '../profile/viewer.graph.ts';
import type { SettingsUpdated } from './settings.service.ts';
import type { Findability as FindabilityShape, Settings as SettingsShape } from './settings.ts';

const Findability = builder.enumType('Findability', {
  description: 'Who comes upon a member in the directory and in suggestions. Who knows her handle finds her anyhow.',
  values: {
    EVERYONE: { description: 'Whoever looks.' },
    FOLLOWERS: { description: 'Who follows her.' },
    NOBODY: { description: 'Nobody but herself.' },
  } satisfies Record<FindabilityShape, object>,
});

const Settings = builder.objectRef<SettingsShape>('Settings').implement({
  description: 'What the viewer has chosen for herself.',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    language: t.exposeString('language', { description: 'The language that she reads: `en` or `ko`.' }),
    timeZone: t.exposeString('timeZone', { description: 'IANA name, such as Asia/Seoul.' }),
    private: t.exposeBoolean('isPrivate', {
      description:
        'Whether her followers alone see what she shows and writes, and who wants to follow her asks for it.',
    }),
    findableBy: t.expose('findableBy', { type: Findability }),
    version: t.exposeInt('version', {
      description: 'Send it back as `expectedVersion`. It is the `version` of her profile too.',
    }),
  }),
});

builder.objectField(Viewer, 'settings', (t) =>
  t.field({
    type: Settings,
    nullable: true,
    description: 'Null while her profile is not there.',
    resolve: ({ id }, _, context) => context.stores.settings.of(id),
  }),
);

const UpdateSettingsInput = builder.inputType('UpdateSettingsInput', {
  description: 'What is left out stays as it is.',
  fields: (t) => ({
    language: t.string({ description: '`en` or `ko`.' }),
    timeZone: t.string({ description: 'IANA name, such as Asia/Seoul.' }),
    private: t.boolean({ description: 'Who follows her already goes on to.' }),
    findableBy: t.field({ type: Findability }),
    expectedVersion: t.int({ required: true, description: 'The `version` of the settings that were read.' }),
  }),
});

const UpdateSettingsSuccess = builder.objectRef<SettingsUpdated>('UpdateSettingsSuccess').implement({
  description: 'The settings were changed.',
  tag: ['public', 'mobile'],
  fields: (t) => ({ settings: t.field({ type: Settings, resolve: (result) => result.settings }) }),
});

const UpdateSettingsResult = builder.unionType('UpdateSettingsResult', {
  description: 'How `updateSettings` ended.',
  types: [
    UpdateSettingsSuccess,
    problems.ValidationError,
    problems.ConflictError,
    problems.NotSignedInError,
    problems.NotFoundError,
  ],
});

builder.mutationField('updateSettings', (t) =>
  t.field({
    type: UpdateSettingsResult,
    description: "Changes the viewer's settings.",
    tag: ['public', 'mobile'],
    args: { input: t.arg({ type: UpdateSettingsInput, required: true }) },
    resolve: (_, { input }, context) =>
      context.services.settings.update(context.member, {
        language: input.language ?? undefined,
        timeZone: input.timeZone ?? undefined,
        isPrivate: input.private ?? undefined,
        findableBy: input.findableBy ?? undefined,
        expectedVersion: input.expectedVersion,
      }),
  }),
);
