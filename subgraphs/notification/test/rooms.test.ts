import { newId } from '@community/kit/ids';
import { until } from '@community/testing/wait';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chat, type Harness, startNotification, user } from './support.ts';

let notifications: Harness;
beforeAll(async () => {
  notifications = await startNotification();
});
afterAll(() => notifications[Symbol.asyncDispose]());

describe.concurrent('what is told of chat rooms', () => {
  it('is one notification of a room, of its messages or of those that address the member, as she wants it', async () => {
    const [sender, all, some, none] = [0, 1, 2, 3].map(() => notifications.member());
    const [room, other] = [newId(), newId()];
    if (!sender || !all || !some || !none) throw new Error('four members');
    await notifications.tell(
      chat.joined(room, sender.id),
      chat.joined(room, other),
      chat.joined(room, all.id),
      chat.joined(room, some.id, 'ALL'),
      chat.joined(room, none.id),
      chat.level(room, some.id, 'MENTIONS'),
      chat.level(room, none.id, 'NONE'),
      chat.sent(room, 1, sender.id),
      chat.sent(room, 2, sender.id),
      chat.sent(room, 3, other),
      chat.sent(room, 4, sender.id, [some.id, none.id]),
    );
    expect(await notifications.lines(all)).toEqual([`MESSAGE 2 ${room}`]);
    expect((await notifications.inbox(all)).notifications.edges[0]?.node.target).toEqual({
      __typename: 'Room',
      id: room,
    });
    expect(await notifications.lines(some)).toEqual([`MENTION 1 ${room}`]);
    expect(await notifications.lines(none)).toEqual([]);
    // Who writes has read.
    expect(await notifications.lines(sender)).toEqual([]);
  });

  it('is gone with what the member has read, whichever of the two is heard of first', async () => {
    const member = notifications.member();
    const [room, early, late] = [newId(), newId(), newId()];
    await notifications.tell(
      chat.joined(room, member.id),
      chat.joined(room, early),
      chat.joined(room, late),
      chat.sent(room, 1, early),
      chat.sent(room, 2, late, [member.id]),
      chat.sent(room, 3, late),
    );
    expect((await notifications.lines(member)).sort()).toEqual([`MENTION 1 ${room}`, `MESSAGE 2 ${room}`]);
    await notifications.tell(chat.read(room, member.id, 2));
    expect(await notifications.lines(member)).toEqual([`MESSAGE 1 ${room}`]);
    await notifications.tell(chat.read(room, member.id, 3));
    expect(await notifications.inbox(member)).toMatchObject({
      unreadNotificationCount: 0,
      notifications: { edges: [] },
    });
    await notifications.tell(chat.read(room, member.id, 4));
    await notifications.tell(chat.sent(room, 4, early));
    expect(await notifications.lines(member)).toEqual([]);
  });

  it('never reaches who reads as the messages come', async () => {
    const member = notifications.member();
    const [room, sender] = [newId(), newId()];
    await notifications.tell(chat.joined(room, member.id), chat.joined(room, sender));
    const [id] = await notifications.flood([chat.sent(room, 1, sender)]);
    await until(() => notifications.handled(id as string), 'the message being heard of');
    await notifications.tell(chat.read(room, member.id, 1));
    const { data } = await notifications.query('{ viewer { notificationNumber } }', {}, member);
    expect(data).toEqual({ viewer: { notificationNumber: 0 } });
  });

  it('tells of many messages that come at once as if they had come one by one', async () => {
    const [talker, reader, listener] = [notifications.member(), notifications.member(), notifications.member()];
    const rooms = [newId(), newId()] as const;
    for (const room of rooms)
      await notifications.tell(...[talker, reader, listener].map(({ id }) => chat.joined(room, id)));
    const ids = await notifications.flood(
      rooms.flatMap((room) => [
        chat.sent(room, 1, talker.id, [listener.id]),
        chat.sent(room, 2, reader.id),
        chat.sent(room, 3, talker.id),
        chat.sent(room, 4, talker.id, [reader.id]),
        chat.sent(room, 5, reader.id, [listener.id]),
      ]),
    );
    for (const id of ids) await until(() => notifications.handled(id), 'all messages being heard of');
    await notifications.tell(chat.read(rooms[1], listener.id, 3));
    const sorted = async (member: typeof talker) => (await notifications.lines(member)).sort();
    expect(await sorted(listener)).toEqual(
      [
        // The last message of who answers is a mention.
        ...[`MENTION 2 ${rooms[0]}`, `MESSAGE 1 ${rooms[0]}`],
        // Read up to the third: the first mention is gone.
        ...[`MENTION 1 ${rooms[1]}`, `MESSAGE 1 ${rooms[1]}`],
      ].sort(),
    );
    expect(await sorted(reader)).toEqual([]);
    expect(await sorted(talker)).toEqual(rooms.map((room) => `MESSAGE 1 ${room}`).sort());
  });

  it('ends with membership, and an invitation with its answer', async () => {
    const [member, guest] = [notifications.member(), notifications.member()];
    const [room, sender] = [newId(), newId()];
    await notifications.tell(
      chat.joined(room, member.id),
      chat.joined(room, sender),
      chat.invited(room, guest.id, sender),
      chat.sent(room, 1, sender),
    );
    expect((await notifications.inbox(guest)).notifications.edges[0]?.node).toMatchObject({
      kind: 'MESSAGE',
      reason: 'INVITED',
      actors: [{ id: sender }],
    });
    await notifications.tell(chat.joined(room, guest.id), chat.left(room, member.id), chat.sent(room, 2, sender));
    expect(await notifications.lines(guest)).toEqual([`MESSAGE 1 ${room}`]);
    expect(await notifications.lines(member)).toEqual([]);
  });

  it.each(['blocked', 'muted'] as const)('holds nothing of a sender whom the member has %s', async (verb) => {
    const [member, sender] = [notifications.member(), notifications.member()];
    const room = newId();
    await notifications.tell(user[verb](member.id, sender.id));
    await notifications.tell(
      chat.joined(room, member.id),
      chat.joined(room, sender.id),
      chat.sent(room, 1, sender.id, [member.id]),
      chat.sent(room, 2, sender.id),
    );
    expect(await notifications.lines(member)).toEqual([]);
  });

  it('counts those who wrote since, without whom a block hides now', async () => {
    const [member, sender] = [notifications.member(), notifications.member()];
    const [room, other] = [newId(), newId()];
    await notifications.tell(
      chat.joined(room, member.id),
      chat.joined(room, sender.id),
      chat.joined(room, other),
      chat.sent(room, 1, sender.id),
    );
    expect(await notifications.lines(member)).toEqual([`MESSAGE 1 ${room}`]);
    await notifications.tell(chat.sent(room, 2, other), chat.sent(room, 3, sender.id));
    expect(await notifications.lines(member)).toEqual([`MESSAGE 2 ${room}`]);
    await notifications.tell(user.blocked(member.id, sender.id));
    expect((await notifications.inbox(member)).notifications.edges[0]?.node.actors).toEqual([{ id: other }]);
    await notifications.tell(user.blocked(member.id, sender.id, 'user.unblocked'));
    expect(await notifications.lines(member)).toEqual([`MESSAGE 2 ${room}`]);
  });

  it('follows a room that is told again: who is in it now, as she wants it, and not what she has read', async () => {
    const [sender, gone, quiet, unread, done] = [0, 1, 2, 3, 4].map(() => notifications.member());
    if (!sender || !gone || !quiet || !unread || !done) throw new Error('five members');
    const room = newId();
    await notifications.tell(
      ...[gone, quiet].map(({ id }) => chat.joined(room, id)),
      chat.snapshot(room, [
        { memberId: sender.id, level: 'ALL', readNumber: 1 },
        { memberId: quiet.id, level: 'NONE', readNumber: 0 },
        { memberId: unread.id, level: 'ALL', readNumber: 1 },
        { memberId: done.id, level: 'ALL', readNumber: 2 },
      ]),
      chat.sent(room, 2, sender.id),
    );
    expect(await notifications.lines(unread)).toEqual([`MESSAGE 1 ${room}`]);
    for (const other of [gone, quiet, done]) expect(await notifications.lines(other)).toEqual([]);
  });
});
