import { until } from '@community/testing/wait';
import { describe, expect, it } from 'vitest';
import type { SignedIn } from '../graph/client.ts';
import * as operations from '../graph/generated/operations.ts';
import { succeeded } from '../graph/rooms.ts';
import { LIVE_CLIENTS, type LiveClient } from './clients.ts';
import { type Messages, numbersOf, repeat, type Scene, upTo } from './scene.ts';

/** How a member comes to lose the right to follow a room, and what she is told by her own stream. */
const LOSSES: readonly [
  string,
  'NOT_FOUND' | 'UNAUTHENTICATED',
  (scene: Scene, roomId: string, who: SignedIn) => Promise<unknown>,
][] = [
  [
    'leaves the room',
    'NOT_FOUND',
    async ({ client }, roomId, who) =>
      succeeded(await client.send(operations.LeaveRoomDocument, { input: { roomId } }, who), (data) => data.leaveRoom),
  ],
  [
    'is taken out of the room',
    'NOT_FOUND',
    async ({ client, mina }, roomId, who) =>
      succeeded(
        await client.send(operations.RemoveRoomMemberDocument, { input: { roomId, memberId: who.id } }, mina),
        (data) => data.removeRoomMember,
      ),
  ],
  ['signs out', 'UNAUTHENTICATED', ({ client }, _, who) => client.send(operations.SignOutDocument, { input: {} }, who)],
  [
    'is suspended',
    'UNAUTHENTICATED',
    async ({ client, mina }, _, who) =>
      succeeded(
        await client.send(operations.SuspendAccountDocument, { input: { accountId: who.id, reason: 'spam' } }, mina),
        (data) => data.suspendAccount,
      ),
  ],
];

/** A room that somebody follows by her token and by a grant, and a second member by her token. */
async function follow({ platform, rooms, mina, jun }: Scene, live: LiveClient, who: SignedIn) {
  const roomId = await rooms.open('Privacy', [mina, jun, who]);
  const grant = await rooms.grant(roomId, who);
  const open = (variables: operations.MessageAddedSubscriptionVariables, as: SignedIn | null): Messages =>
    live.subscribe(platform.url, operations.MessageAddedDocument, variables, as);
  const streams = {
    byToken: open({ roomId, after: 0 }, who),
    byGrant: open({ grant }, null),
    ofOther: open({ roomId, after: 0 }, jun),
  };
  await repeat(
    () => rooms.say(roomId, 'for all three', mina),
    () => Object.values(streams).every(({ data }) => data.length > 0),
  );
  return {
    roomId,
    open,
    ...streams,
    [Symbol.dispose]: () => {
      for (const stream of Object.values(streams)) stream.stop();
    },
  };
}

/** Who may not receive what comes next, and what the members beside her are spared. */
export function privacyCases(scene: () => Scene): void {
  describe.each(LIVE_CLIENTS)('$name, when its member', (live) => {
    it.each(LOSSES)('%s, is told so and sent nothing more, and the others go on', async (_, code, lose) => {
      const { rooms, mina, client } = scene();
      const who = await client.signUp();
      using room = await follow(scene(), live, who);
      await lose(scene(), room.roomId, who);
      // Membership holds for the very next message; the end of a session is told to chat, within moments.
      if (code === 'UNAUTHENTICATED') await Promise.all([room.byToken.end(), room.byGrant.end()]);
      const next = await rooms.say(room.roomId, 'not for her', mina);
      expect(await room.byToken.end()).toBe(code);
      expect(await room.byGrant.end()).toBe('GRANT_ENDED');
      await until(() => numbersOf(room.ofOther).at(-1) === next, 'the message for the others');
      expect(numbersOf(room.ofOther)).toEqual(upTo(next));
      expect(Math.max(...numbersOf(room.byToken), ...numbersOf(room.byGrant))).toBeLessThan(next);
      await expect(rooms.grant(room.roomId, who)).rejects.toThrow();
      using again = room.open({ roomId: room.roomId, after: 0 }, who);
      expect(await again.end()).toBe(code);
      expect(again.data).toEqual([]);
    });

    it('is blocked, learns the places of what the other says and no more; a third sees all of it', async () => {
      const { rooms, mina, client } = scene();
      const who = await client.signUp();
      using room = await follow(scene(), live, who);
      await client.send(operations.BlockDocument, { input: { userId: who.id } }, mina);
      await until(
        async () => (await rooms.after(room.roomId, 0, who))[0]?.visibility === 'BLOCKED',
        'the block being known to chat',
      );
      expect(await room.byGrant.end()).toBe('GRANT_ENDED');
      const hidden = await rooms.say(room.roomId, 'not for her', mina);
      using renewed = room.open({ grant: await rooms.grant(room.roomId, who) }, null);
      await repeat(
        () => rooms.say(room.roomId, 'not for her', mina),
        () => renewed.data.length > 0,
      );
      const last = await rooms.say(room.roomId, 'for her', scene().jun);
      for (const stream of [room.byToken, renewed, room.ofOther])
        await until(() => numbersOf(stream).at(-1) === last, 'the message of the third');
      expect(numbersOf(room.byToken)).toEqual(upTo(last));
      for (const stream of [room.byToken, renewed])
        for (const { messageAdded } of stream.data.filter((one) => one.messageAdded.number >= hidden))
          expect(messageAdded).toMatchObject(
            messageAdded.number === last
              ? { body: 'for her', visibility: 'VISIBLE' }
              : { body: null, visibility: 'BLOCKED', sender: null },
          );
      expect(room.ofOther.data.find((one) => one.messageAdded.number === hidden)?.messageAdded.body).toBe(
        'not for her',
      );
    });

    it('is muted, is told until when, and goes on receiving', async () => {
      const { rooms, mina, client } = scene();
      const who = await client.signUp();
      using room = await follow(scene(), live, who);
      const { roomId } = room;
      const mutedUntil = new Date(Date.now() + 3_600_000).toISOString();
      const muted = await client.send(
        operations.MuteRoomMemberDocument,
        { input: { roomId, memberId: who.id, until: mutedUntil } },
        mina,
      );
      succeeded(muted, (data) => data.muteRoomMember);
      const refused = await client.send(operations.SendMessageDocument, { input: { roomId, body: 'psst' } }, who);
      expect(refused.data.sendMessage).toMatchObject({ code: 'MUTED', message: expect.stringContaining(mutedUntil) });
      const next = await rooms.say(roomId, 'for all', mina);
      for (const stream of [room.byToken, room.byGrant, room.ofOther]) {
        await until(() => numbersOf(stream).at(-1) === next, 'the message for all');
        expect(stream.data.some(({ messageAdded }) => messageAdded.body === 'psst')).toBe(false);
      }
    });
  });
}
