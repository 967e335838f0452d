import { pick } from '@community/import/generate/random';
import { createLiveClient, type Following } from '@community/live-client/live-client';
import WebSocket from 'ws';
import type { Client, SignedIn } from '../graph/client.ts';
import { createRooms } from '../graph/rooms.ts';

/** A room under traffic: what was acknowledged there, and what each follower was shown. */
export interface RoomTraffic {
  readonly roomId: string;
  readonly members: readonly SignedIn[];
  /** The number of each acknowledged message, by its text, which is unlike any other. */
  readonly acknowledged: Map<string, number>;
  /** The numbers that each follower was shown, in the order in which they came. */
  readonly shown: number[][];
  readonly following: Following[];
}

interface Message {
  readonly number: number;
  readonly body: string | null;
}

const PAGE = 100;

async function messagesAfter(client: Client, roomId: string, number: number, as: SignedIn): Promise<Message[]> {
  const { data, errors } = await client.ask<{
    room: { messages: { edges: { node: Message | null }[] } } | null;
  }>(
    `query ($id: ID!, $after: Int!) { room(id: $id) { messages(first: ${PAGE}, afterNumber: $after) { edges { node { number body } } } } }`,
    { id: roomId, after: number },
    as,
  );
  if (!data?.room) throw new Error(`the room cannot be read now: ${JSON.stringify(errors)}`);
  return data.room.messages.edges.flatMap(({ node }) => (node ? [node] : []));
}

/** Makes a group room of these members. @throws Error when one step fails */
export async function openRoom(client: Client, members: readonly SignedIn[]): Promise<RoomTraffic> {
  const [owner, ...others] = members;
  if (!owner) throw new Error('a room needs an owner');
  const roomId = await createRooms(client).open('Chaos', [owner, ...others]);
  return { roomId, members, acknowledged: new Map(), shown: [], following: [] };
}

/** Lets every member follow the room as apps do: by a grant, over a socket of her own, resumed by the numbers. */
export function followRoom(url: string, client: Client, room: RoomTraffic): void {
  const rooms = createRooms(client);
  for (const member of room.members) {
    const shown: number[] = [];
    room.shown.push(shown);
    const live = createLiveClient({ url: `${url.replace('http', 'ws')}/graphql?anonymous`, webSocketImpl: WebSocket });
    room.following.push(
      live.follow<Message>({
        document: 'subscription ($grant: String!) { messageAdded(grant: $grant) { number body sender { handle } } }',
        variables: async () => ({ grant: await rooms.grant(room.roomId, member) }),
        numberOf: ({ number }) => number,
        fetchAfter: (number) => messagesAfter(client, room.roomId, number, member),
        after: 0,
        onEvent: ({ number }) => void shown.push(number),
      }),
    );
  }
}

/** Sends until told to stop; each message is sent again, with its key, until it is acknowledged. */
export async function talk(
  client: Client,
  room: RoomTraffic,
  random: () => number,
  running: () => boolean,
): Promise<void> {
  while (running()) {
    const member = pick(random, room.members);
    const body = `message ${random()}`;
    for (let acknowledged = false; !acknowledged; ) {
      try {
        const { data } = await client.ask<{ sendMessage: { roomMessage?: { number: number } } | null }>(
          'mutation ($input: SendMessageInput!) { sendMessage(input: $input) { ... on SendMessageSuccess { roomMessage { number } } ... on Error { code } } }',
          { input: { roomId: room.roomId, body, clientMutationId: body } },
          member,
        );
        const number = data?.sendMessage?.roomMessage?.number;
        if (number !== undefined) {
          room.acknowledged.set(body, number);
          acknowledged = true;
        }
      } catch {
        // No answer is no acknowledgement: the same key makes the repetition harmless.
      }
      await new Promise((resolve) => setTimeout(resolve, acknowledged ? 30 : 100));
    }
  }
}

/** @returns what was lost, doubled or out of order, one line each */
export async function findRoomFaults(client: Client, room: RoomTraffic): Promise<string[]> {
  const faults: string[] = [];
  const [reader] = room.members;
  const kept: Message[] = [];
  for (;;) {
    const page = await messagesAfter(client, room.roomId, kept.at(-1)?.number ?? 0, reader as SignedIn);
    kept.push(...page);
    if (page.length < PAGE) break;
  }
  kept.forEach(({ number }, index) => {
    if (number !== index + 1) faults.push(`message ${index + 1} of the room has the number ${number}`);
  });
  const byText = new Map<string, number[]>();
  for (const { body, number } of kept) byText.set(body ?? '', [...(byText.get(body ?? '') ?? []), number]);
  for (const [text, numbers] of byText)
    if (numbers.length > 1) faults.push(`"${text}" was sent once and is there as ${numbers.join(', ')}`);
  for (const [text, number] of room.acknowledged)
    if (byText.get(text)?.[0] !== number) faults.push(`"${text}" was acknowledged as ${number} and is not there`);
  room.shown.forEach((numbers, follower) => {
    const wrong = kept.findIndex(({ number }, index) => numbers[index] !== number);
    if (wrong >= 0 || numbers.length !== kept.length)
      faults.push(
        `follower ${follower} was shown ${numbers.length} of ${kept.length} messages, or in another order, from ${wrong} on: ${numbers.slice(Math.max(0, wrong - 1), wrong + 3).join(', ')}`,
      );
  });
  return faults;
}
