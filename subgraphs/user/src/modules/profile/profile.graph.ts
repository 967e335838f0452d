import { builder, defineConnection, problems } from '../../builder.ts';
import { normaliseHandle } from '../handle/handle.policy.ts';
import { profileByHandle, profileById } from './profile.loader.ts';
import type { ProfileUpdated } from './profile.service.ts';
import type { Image as ImageShape, Profile, ProfileLink as ProfileLinkShape } from './profile.ts';

export const ProfileLink = builder.objectRef<ProfileLinkShape>('ProfileLink').implement({
  description: 'Where else a member is to be found.',
  tag: ['public', 'mobile'],
  fields: (t) => ({ url: t.exposeString('url', { description: 'http or https.' }), label: t.exposeString('label') }),
});

const Image = builder.objectRef<ImageShape>('Image').implement({
  description: 'A picture that was uploaded. What shows it names its id; the domain that keeps files adds its sizes.',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    id: t.exposeID('id'),
    alt: t.exposeString('alt', { description: 'What it shows, for who does not see it; may be empty.' }),
  }),
});

builder.asEntity(Image, {
  key: builder.keyDirective(builder.selection<{ id: string }>('id'), false),
  resolveReference: () => null,
});

export const User = builder.objectRef<Profile>('User').implement({
  description: 'A member of the community, as others see her. Owned by user; other domains add their own fields.',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    id: t.exposeID('id'),
    handle: t.exposeString('handle', { description: 'Unique, lower case, without the @.' }),
    displayName: t.exposeString('displayName'),
    language: t.exposeString('language', { description: 'The language that she reads: `en` or `ko`.' }),
    avatar: t.field({ type: Image, nullable: true, resolve: (user) => user.avatar }),
    version: t.exposeInt('version', { description: 'Send it back as `expectedVersion`.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
});

builder.asEntity(User, {
  key: builder.selection<{ id: string }>('id'),
  resolveReference: ({ id }, context) => profileById(context).load(id),
});

export const UserConnection = defineConnection('User', User);

builder.queryField('user', (t) =>
  t.field({
    type: User,
    nullable: true,
    description: 'A member by id or by handle; null where there is none or the viewer may not see her.',
    tag: ['public', 'mobile'],
    args: { id: t.arg.id(), handle: t.arg.string() },
    resolve: (_, { id, handle }, context) => {
      if (id) return profileById(context).load(id);
      return handle ? profileByHandle(context).load(normaliseHandle(handle)) : null;
    },
  }),
);

const ProfileLinkInput = builder.inputType('ProfileLinkInput', {
  description: 'Where else the viewer is to be found.',
  fields: (t) => ({
    url: t.string({ required: true, description: 'http or https; at most 300 characters.' }),
    label: t.string({ required: true, description: '1 to 40 characters.' }),
  }),
});

const ImageInput = builder.inputType('ImageInput', {
  description: 'A picture that was uploaded.',
  fields: (t) => ({
    id: t.id({ required: true }),
    alt: t.string({ description: 'What it shows, for who does not see it; at most 200 characters.' }),
  }),
});

const UpdateProfileInput = builder.inputType('UpdateProfileInput', {
  description: 'What is left out stays as it is.',
  fields: (t) => ({
    displayName: t.string({ description: '1 to 60 characters.' }),
    bio: t.string({ description: 'At most 500 characters.' }),
    language: t.string({ description: '`en` or `ko`.' }),
    links: t.field({ type: [ProfileLinkInput], description: 'All of them, in their order; at most 5.' }),
    avatar: t.field({ type: ImageInput, description: 'Null for none.' }),
    expectedVersion: t.int({ required: true, description: 'The `version` of the profile that was edited.' }),
  }),
});

const UpdateProfileSuccess = builder.objectRef<ProfileUpdated>('UpdateProfileSuccess').implement({
  description: 'The profile was changed.',
  tag: ['public', 'mobile'],
  fields: (t) => ({ user: t.field({ type: User, resolve: (result) => result.user }) }),
});

const UpdateProfileResult = builder.unionType('UpdateProfileResult', {
  description: 'How `updateProfile` ended.',
  types: [
    UpdateProfileSuccess,
    problems.ValidationError,
    problems.ConflictError,
    problems.NotSignedInError,
    problems.NotFoundError,
  ],
});

builder.mutationField('updateProfile', (t) =>
  t.field({
    type: UpdateProfileResult,
    description: "Changes the viewer's own profile.",
    tag: ['public', 'mobile'],
    args: { input: t.arg({ type: UpdateProfileInput, required: true }) },
    resolve: (_, { input }, context) =>
      context.services.profile.update(context.member, {
        displayName: input.displayName ?? undefined,
        bio: input.bio ?? undefined,
        language: input.language ?? undefined,
        links: input.links ?? undefined,
        avatar: input.avatar && { id: input.avatar.id, alt: input.avatar.alt ?? '' },
        expectedVersion: input.expectedVersion,
      }),
  }),
);
