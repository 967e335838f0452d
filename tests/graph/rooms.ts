import { forEach } from '@community/testing/for-each';
import { until } from '@community/testing/wait';
import type { Answer, Client, SignedIn } from './client.ts';
import * as operations from './generated/operations.ts';

/**
 * What a mutation answered, when it went well.
 * @throws Error with the answer when it did not
 */
export function succeeded<Data, Result extends { readonly __typename: string }>(
  answer: Answer<Data>,
  resultOf: (data: Data) => Result,
): Extract<Result, { readonly __typename: `${string}Success` }> {
  const result = answer.data && resultOf(answer.data);
  if (answer.errors || !result?.__typename.endsWith('Success'))
    throw new Error(JSON.stringify(answer.errors ?? answer.data));
  return result as Extract<Result, { readonly __typename: `${string}Success` }>;
}

/** The most that one invitation may name. */
const INVITED_AT_ONCE = 100;

/** Calls of members who talk in rooms; each throws when it did not go well. */
export function createRooms(client: Client) {
  return {
    /** A group room of these members, the first of whom owns it. @returns its id */
    async open(title: string, [owner, ...others]: readonly [SignedIn, ...SignedIn[]]): Promise<string> {
      const made = await client.send(operations.CreateRoomDocument, { input: { title } }, owner);
      const { roomId } = succeeded(made, (data) => data.createRoom);
      for (let from = 0; from < others.length; from += INVITED_AT_ONCE) {
        const memberIds = others.slice(from, from + INVITED_AT_ONCE).map(({ id }) => id);
        await until(async () => {
          const invited = await client.send(operations.InviteToRoomDocument, { input: { roomId, memberIds } }, owner);
          return succeeded(invited, (data) => data.inviteToRoom);
        }, 'chat knowing of who has just signed up');
      }
      await forEach(others, async (member) => {
        const accepted = await client.send(operations.AcceptRoomInvitationDocument, { input: { roomId } }, member);
        succeeded(accepted, (data) => data.acceptRoomInvitation);
      });
      return roomId;
    },

    /** Sends a message. @returns its number */
    async say(roomId: string, body: string, as: SignedIn, clientMutationId?: string): Promise<number> {
      const sent = await client.send(operations.SendMessageDocument, { input: { roomId, body, clientMutationId } }, as);
      return succeeded(sent, (data) => data.sendMessage).roomMessage.number;
    },

    /** What a member opens streams of a room by. */
    async grant(roomId: string, as: SignedIn): Promise<string> {
      const { data, errors } = await client.send(operations.RoomGrantDocument, { roomId }, as);
      if (!data?.room?.stream) throw new Error(`no grant of this room: ${JSON.stringify(errors)}`);
      return data.room.stream.grant;
    },

    /** The messages after a number, as a member sees them. */
    async after(roomId: string, number: number, as: SignedIn) {
      const { data, errors } = await client.send(operations.RoomMessagesDocument, { roomId, after: number }, as);
      if (!data?.room) throw new Error(`the room cannot be read now: ${JSON.stringify(errors)}`);
      return data.room.messages.edges.flatMap(({ node }) => (node ? [node] : []));
    },
  };
}

export type Rooms = ReturnType<typeof createRooms>;
