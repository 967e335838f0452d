import { builder, problems } from '../../builder.ts';
import { defineRoomSuccess } from '../../result.graph.ts';
import type { Presence, Typing } from '../stream/live-event.ts';
import { User } from '../viewer/user.graph.ts';

export const RoomTyping = builder.objectRef<Typing>('RoomTyping').implement({
  description: 'A member is writing in a room: show it for a few seconds.',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    roomId: t.exposeID('roomId'),
    memberId: t.exposeID('memberId'),
    member: t.field({ type: User, nullable: true, resolve: ({ memberId }) => ({ id: memberId }) }),
  }),
});

export const RoomPresence = builder.objectRef<Presence>('RoomPresence').implement({
  description: 'A member begins or ceases to look at a room.',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    roomId: t.exposeID('roomId'),
    memberId: t.exposeID('memberId'),
    member: t.field({ type: User, nullable: true, resolve: ({ memberId }) => ({ id: memberId }) }),
    present: t.exposeBoolean('present'),
  }),
});

const SignalTypingInput = builder.inputType('SignalTypingInput', {
  description: 'Where.',
  fields: (t) => ({ roomId: t.id({ required: true }) }),
});
const SignalTypingResult = builder.unionType('SignalTypingResult', {
  description: 'How `signalTyping` ended.',
  types: [
    defineRoomSuccess('SignalTypingSuccess', 'It was passed on, or was passed on a moment ago.'),
    problems.NotFoundError,
    problems.NotSignedInError,
  ],
});
const SignalPresenceInput = builder.inputType('SignalPresenceInput', {
  description: 'Where, and whether.',
  fields: (t) => ({ roomId: t.id({ required: true }), present: t.boolean({ required: true }) }),
});
const SignalPresenceResult = builder.unionType('SignalPresenceResult', {
  description: 'How `signalPresence` ended.',
  types: [
    defineRoomSuccess('SignalPresenceSuccess', 'It is known.'),
    problems.NotFoundError,
    problems.NotSignedInError,
  ],
});

builder.mutationFields((t) => ({
  signalTyping: t.field({
    type: SignalTypingResult,
    description: 'Says that the viewer is writing in a room. Send it every few seconds while she does.',
    tag: ['public', 'mobile'],
    args: { input: t.arg({ type: SignalTypingInput, required: true }) },
    resolve: (_, { input }, context) => context.services.signal.typing(context.member, input.roomId),
  }),
  signalPresence: t.field({
    type: SignalPresenceResult,
    description: 'Says that the viewer looks at a room, or no longer. Send it every 30 seconds while she does.',
    tag: ['public', 'mobile'],
    args: { input: t.arg({ type: SignalPresenceInput, required: true }) },
    resolve: (_, { input }, context) => context.services.signal.presence(context.member, input),
  }),
}));
