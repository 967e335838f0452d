import { newId } from '@community/kit/ids';
import { startDomain, type TestDomain } from '@community/testing/domain';
import { until } from '@community/testing/wait';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chat } from '../src/chat.ts';
import { type ChatDriver, createChatDriver } from './chat-driver.ts';

let domain: TestDomain;
let driver: ChatDriver;
beforeAll(async () => {
  domain = await startDomain(chat);
  driver = createChatDriver(domain);
});
afterAll(() => domain[Symbol.asyncDispose]());

describe('a direct room', () => {
  it('is one for a pair, whoever opens it and however often', async () => {
    const [one, other] = [driver.member(), driver.member()];
    const opened = await Promise.all([driver.direct(one, other), driver.direct(other, one), driver.direct(one, other)]);
    expect(new Set(opened).size).toBe(1);
    const seen = await driver.room(opened[0] ?? '', 'kind title memberCount viewerRole', other);
    expect(seen).toEqual({ kind: 'DIRECT', title: null, memberCount: 2, viewerRole: 'MEMBER' });
    expect((await driver.events(opened[0] ?? '')).map((event) => event.type)).toEqual([
      'room.created',
      'room.member_joined',
      'room.member_joined',
    ]);
  });

  it('is not opened with oneself, with nobody, or across a block', async () => {
    const [one, other] = [driver.member(), driver.member()];
    expect(await driver.call('openDirectRoom', { memberId: one.id }, one)).toMatchObject({ code: 'INVALID' });
    expect(await driver.call('openDirectRoom', { memberId: 'x' }, one)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await driver.call('openDirectRoom', { memberId: newId() }, one)).toMatchObject({ code: 'NOT_FOUND' });
    await driver.know(one, other);
    await driver.block(other, one);
    expect(await driver.call('openDirectRoom', { memberId: other.id }, one)).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('takes no message while one of the two blocks the other', async () => {
    const [one, other] = [driver.member(), driver.member()];
    const roomId = await driver.direct(one, other);
    await driver.say(other, roomId, 'before');
    await driver.block(other, one);
    for (const sender of [one, other])
      expect(await driver.call('sendMessage', { roomId, body: 'no' }, sender)).toMatchObject({ code: 'BLOCKED' });
    await driver.block(other, one, 'user.unblocked', 2);
    expect((await driver.say(one, roomId, 'again')).number).toBe(2);
  });
});

describe('a group room', () => {
  it('is made once however often the same request is sent', async () => {
    const owner = driver.member();
    const input = { title: ' 모임 ', clientMutationId: 'k' };
    const made = await Promise.all([1, 2, 3].map(() => driver.call('createRoom', input, owner)));
    expect(new Set(made.map((answer) => answer.roomId)).size).toBe(1);
    expect(await driver.room(made[0]?.roomId ?? '', 'title viewerRole memberCount', owner)).toEqual({
      title: '모임',
      viewerRole: 'OWNER',
      memberCount: 1,
    });
    expect(await driver.call('createRoom', { title: ' ' }, owner)).toMatchObject({ path: ['input', 'title'] });
    expect(await driver.call('createRoom', { title: 'x' }, null)).toMatchObject({ code: 'NOT_SIGNED_IN' });
  });

  it('does not exist for who is not in it', async () => {
    const [owner, stranger] = [driver.member(), driver.member()];
    const roomId = await driver.group(owner);
    const message = await driver.say(owner, roomId);
    const noRoom = await driver.call('sendMessage', { roomId: newId(), body: 'x' }, stranger);
    expect(noRoom).toMatchObject({ code: 'NOT_FOUND', path: ['input', 'roomId'] });
    expect(await driver.call('sendMessage', { roomId, body: 'x' }, stranger)).toEqual(noRoom);
    for (const name of ['leaveRoom', 'acceptRoomInvitation'])
      expect(await driver.call(name, { roomId }, stranger)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await driver.call('markRoomRead', { roomId, number: 1 }, stranger)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await driver.call('deleteMessage', { messageId: message.id }, stranger)).toEqual(
      await driver.call('deleteMessage', { messageId: newId() }, stranger),
    );
    for (const as of [stranger, null]) {
      const { data } = await domain.query(
        `query($room: ID!, $message: ID!, $references: [_Any!]!) { room(id: $room) { id } message(id: $message) { id } _entities(representations: $references) { __typename } }`,
        {
          room: roomId,
          message: message.id,
          references: [
            { __typename: 'Room', id: roomId },
            { __typename: 'Message', id: message.id },
          ],
        },
        as,
      );
      expect(data).toEqual({ room: null, message: null, _entities: [null, null] });
    }
  });

  it('is entered by invitation, which can be declined, and left', async () => {
    const [owner, guest, other] = [driver.member(), driver.member(), driver.member()];
    const roomId = await driver.group(owner);
    await driver.know(guest, other);
    await driver.call('inviteToRoom', { roomId, memberIds: [guest.id, other.id, owner.id] }, owner);
    const invitations =
      'query { viewer { roomInvitations { edges { node { roomId title memberCount invitedBy { id } } } } } }';
    expect((await domain.query(invitations, {}, guest)).data).toEqual({
      viewer: {
        roomInvitations: { edges: [{ node: { roomId, title: 'Room', memberCount: 1, invitedBy: { id: owner.id } } }] },
      },
    });
    await driver.call('declineRoomInvitation', { roomId }, other);
    expect(await driver.call('acceptRoomInvitation', { roomId }, other)).toMatchObject({ code: 'NOT_FOUND' });
    for (const _ of [1, 2])
      expect(await driver.call('acceptRoomInvitation', { roomId }, guest)).toMatchObject({ roomId });
    expect((await driver.say(guest, roomId)).number).toBe(1);
    await driver.call('leaveRoom', { roomId }, guest);
    expect(await driver.call('sendMessage', { roomId, body: 'x' }, guest)).toMatchObject({ code: 'NOT_FOUND' });
    const happened = (await driver.events(roomId)).map((event) => `${event.aggregateversion} ${event.type}`);
    expect(happened).toEqual([
      '1 room.created',
      '2 room.member_joined',
      '3 room.invited',
      '4 room.invited',
      '5 room.member_joined',
      '6 message.sent',
      '7 room.member_left',
    ]);
    const { changes } = (await driver.room<{ changes: { number: number; kind: string }[] }>(
      roomId,
      'changes(after: 1) { number kind }',
      owner,
    )) ?? { changes: [] };
    expect(changes).toEqual([
      { number: 2, kind: 'MEMBER_INVITED' },
      { number: 3, kind: 'MEMBER_INVITED' },
      { number: 4, kind: 'MEMBER_JOINED' },
      { number: 5, kind: 'MEMBER_LEFT' },
    ]);
  });

  it('takes nobody who is no member of the community, and invites none of those who were named with her', async () => {
    const [owner, known, newcomer] = [driver.member(), driver.member(), driver.member()];
    const roomId = await driver.group(owner);
    await driver.know(known);
    const invite = () => driver.call('inviteToRoom', { roomId, memberIds: [known.id, newcomer.id] }, owner);
    const account = { accountId: newcomer.id };
    const refused = {
      __typename: 'NotFoundError',
      message: 'There is no such member, or you may not see it.',
      path: ['input', 'memberIds', '1'],
    };
    expect(await invite()).toMatchObject(refused);
    expect(await driver.room(roomId, 'roomChangeNumber', owner)).toEqual({ roomChangeNumber: 1 });
    await driver.tell('auth', 'account.created', newcomer.id, 1, account);
    expect(await invite()).toMatchObject({ roomId });
    await driver.tell('auth', 'account.closed', newcomer.id, 2, { ...account, reason: 'ERASED' });
    expect(await invite()).toMatchObject(refused);
  });

  it('goes to a moderator when its owner leaves, and can be handed over', async () => {
    const [owner, member, moderator] = [driver.member(), driver.member(), driver.member()];
    const roomId = await driver.group(owner, member, moderator);
    await driver.call('setRoomRole', { roomId, memberId: moderator.id, role: 'MODERATOR' }, owner);
    await driver.call('leaveRoom', { roomId }, owner);
    expect(await driver.room(roomId, 'viewerRole memberCount', moderator)).toEqual({
      viewerRole: 'OWNER',
      memberCount: 2,
    });
    await driver.call('setRoomRole', { roomId, memberId: member.id, role: 'OWNER' }, moderator);
    expect(await driver.room(roomId, 'viewerRole', moderator)).toEqual({ viewerRole: 'MODERATOR' });
    expect(await driver.room(roomId, 'viewerRole', member)).toEqual({ viewerRole: 'OWNER' });
  });

  it('lets roles do what they may: a member is muted and removed by one above her', async () => {
    const [owner, moderator, member] = [driver.member(), driver.member(), driver.member()];
    const roomId = await driver.group(owner, moderator, member);
    const until = new Date(Date.now() + 60_000).toISOString();
    const mute = { roomId, memberId: member.id, until };
    expect(await driver.call('muteRoomMember', mute, moderator)).toMatchObject({ code: 'FORBIDDEN' });
    await driver.call('setRoomRole', { roomId, memberId: moderator.id, role: 'MODERATOR' }, owner);
    expect(await driver.call('muteRoomMember', { ...mute, memberId: owner.id }, moderator)).toMatchObject({
      code: 'FORBIDDEN',
    });
    expect(await driver.call('muteRoomMember', mute, moderator)).toMatchObject({ roomId });
    expect(await driver.call('sendMessage', { roomId, body: 'x' }, member)).toMatchObject({ code: 'MUTED' });
    await driver.call('muteRoomMember', { roomId, memberId: member.id }, moderator);
    await driver.say(member, roomId);
    await driver.call('removeRoomMember', { roomId, memberId: member.id }, moderator);
    expect(await driver.room(roomId, 'id', member)).toBeNull();
    expect(await driver.call('renameRoom', { roomId, title: 'New' }, moderator)).toMatchObject({ roomId });
    expect(await driver.room(roomId, 'title members { edges { node { memberId role } } }', owner)).toEqual({
      title: 'New',
      members: {
        edges: [
          { node: { memberId: owner.id, role: 'OWNER' } },
          { node: { memberId: moderator.id, role: 'MODERATOR' } },
        ],
      },
    });
  });

  it('tells other domains who is in it and how she wants to be notified', async () => {
    const [owner, member] = [driver.member(), driver.member()];
    const roomId = await driver.group(owner, member);
    await driver.call('setRoomNotificationLevel', { roomId, level: 'MENTIONS' }, member);
    expect(await driver.room(roomId, 'notificationLevel', member)).toEqual({ notificationLevel: 'MENTIONS' });
    expect((await driver.events(roomId)).at(-1)).toMatchObject({
      type: 'room.level_changed',
      data: { roomId, memberId: member.id, level: 'MENTIONS' },
    });
  });

  it('is told again on request: who is in it, in which role, how she is notified and how far she has read', async () => {
    const [owner, member] = [driver.member(), driver.member()];
    const roomId = await driver.group(owner, member);
    for (let number = 1; number <= 3; number += 1) await driver.say(owner, roomId);
    await driver.call('markRoomRead', { roomId, number: 2 }, member);
    await driver.call('setRoomNotificationLevel', { roomId, level: 'NONE' }, member);
    await domain.database.query("INSERT INTO events.snapshot_run (source) VALUES ('room')");
    const snapshot = await until(async () => {
      const last = (await driver.events(roomId)).at(-1);
      return last?.type === 'room.snapshot' ? last : null;
    }, 'the room being told again');
    const versions = (await driver.events(roomId)).map((event) => event.aggregateversion);
    expect(snapshot).toMatchObject({
      aggregateversion: versions.at(-2),
      data: {
        roomId,
        kind: 'GROUP',
        messageNumber: 3,
        members: expect.arrayContaining([
          { memberId: owner.id, role: 'OWNER', level: 'ALL', readNumber: 3 },
          { memberId: member.id, role: 'MEMBER', level: 'NONE', readNumber: 2 },
        ]),
      },
    });
  });
});
