import { type Client, createClient, type SignedIn } from '../../tests/graph/client.ts';

export interface Room {
  readonly id: string;
  readonly members: readonly SignedIn[];
}

const AT_ONCE = 8;
/** The most that one invitation may name. */
const INVITED = 100;

/** Does something for each of a list, a few at a time. @returns the results in the order of the list */
export async function forEach<Item, Result>(
  items: readonly Item[],
  work: (item: Item, index: number) => Promise<Result>,
  atOnce = AT_ONCE,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let index = next++; index < items.length; index = next++)
        results[index] = await work(items[index] as Item, index);
    }),
  );
  return results;
}

/** A community whose members talk in rooms. */
export function createCommunity(url: string) {
  const client: Client = createClient(url);

  /** @throws Error with what the graph answered, when that has errors */
  async function ask<Data>(query: string, variables: object, as: SignedIn): Promise<Data> {
    const { data, errors } = await client.ask<Data>(query, variables, as);
    if (errors || !data) throw new Error(JSON.stringify(errors));
    return data;
  }

  return {
    /** So many new members. @param onProgress told how many there are */
    async signUp(count: number, onProgress: (done: number) => void): Promise<SignedIn[]> {
      let done = 0;
      return forEach(Array.from({ length: count }), async () => {
        const member = await client.signUp();
        done += 1;
        onProgress(done);
        return member;
      });
    },

    /** A group room of these members, the first of whom owns it. */
    async makeRoom(title: string, members: readonly SignedIn[]): Promise<Room> {
      const [owner, ...others] = members;
      if (!owner) throw new Error('a room needs an owner');
      const { createRoom } = await ask<{ createRoom: { roomId: string } }>(
        'mutation ($input: CreateRoomInput!) { createRoom(input: $input) { ... on CreateRoomSuccess { roomId } ... on Error { message } } }',
        { input: { title } },
        owner,
      );
      const { roomId } = createRoom;
      for (let from = 0; from < others.length; from += INVITED)
        await ask(
          'mutation ($input: InviteToRoomInput!) { inviteToRoom(input: $input) { __typename } }',
          { input: { roomId, memberIds: others.slice(from, from + INVITED).map(({ id }) => id) } },
          owner,
        );
      await forEach(others, (member) =>
        ask(
          'mutation ($input: AcceptRoomInvitationInput!) { acceptRoomInvitation(input: $input) { __typename } }',
          { input: { roomId } },
          member,
        ),
      );
      return { id: roomId, members };
    },

    /** What a member is given to open the stream of a room by. */
    async grantOf(room: Room, member: SignedIn): Promise<string> {
      const { room: found } = await ask<{ room: { stream: { grant: string } } | null }>(
        'query ($id: ID!) { room(id: $id) { stream { grant } } }',
        { id: room.id },
        member,
      );
      if (!found) throw new Error(`room ${room.id} is not to be seen by its member`);
      return found.stream.grant;
    },

    /** Sends a message that holds the time. @returns why it was refused; null when it was acknowledged */
    async send(room: Room, member: SignedIn): Promise<string | null> {
      try {
        const { sendMessage } = await ask<{ sendMessage: { roomMessage?: object } }>(
          'mutation Send($input: SendMessageInput!) { sendMessage(input: $input) { ... on SendMessageSuccess { roomMessage { number } } ... on Error { code message } } }',
          { input: { roomId: room.id, body: String(Date.now()) } },
          member,
        );
        return sendMessage.roomMessage ? null : JSON.stringify(sendMessage);
      } catch (error) {
        return String(error);
      }
    },
  };
}

export type Community = ReturnType<typeof createCommunity>;
