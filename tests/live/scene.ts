import { until } from '@community/testing/wait';
import { signUpAdministrator } from '../graph/administrator.ts';
import { type Client, createClient, type SignedIn } from '../graph/client.ts';
import { CreateBoardDocument, type MessageAddedSubscription } from '../graph/generated/operations.ts';
import { createRooms, type Rooms, succeeded } from '../graph/rooms.ts';
import type { TestPlatform } from '../platform.ts';
import type { Stream } from './clients.ts';

/** A running platform with members who do not mind being in every test; who is to be hurt is somebody new. */
export interface Scene {
  readonly platform: TestPlatform;
  readonly client: Client;
  readonly rooms: Rooms;
  readonly boardId: string;
  readonly mina: SignedIn;
  readonly jun: SignedIn;
  readonly sora: SignedIn;
}

export async function setScene(platform: TestPlatform): Promise<Scene> {
  const client = createClient(platform.url);
  const mina = await signUpAdministrator(client, platform.databaseUrl('auth'));
  const board = await client.send(CreateBoardDocument, { input: { slug: 'live', name: 'Live' } }, mina);
  const [jun, sora] = [await client.signUp(), await client.signUp()];
  return {
    platform,
    client,
    rooms: createRooms(client),
    boardId: succeeded(board, (data) => data.createBoard).board.id,
    mina,
    jun,
    sora,
  };
}

export type Messages = Stream<MessageAddedSubscription>;

export const numbersOf = ({ data }: Messages): number[] => data.map(({ messageAdded }) => messageAdded.number);

export const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

/**
 * Does something again until it is heard of: no protocol says when a stream has begun, and what it tells is not kept.
 * @param everyMs how often a client may do it
 */
export async function repeat(act: () => Promise<unknown>, heard: () => unknown, everyMs = 100): Promise<void> {
  let next = 0;
  await until(async () => {
    if (!heard() && Date.now() >= next) {
      await act();
      next = Date.now() + everyMs;
    }
    return heard();
  }, 'it being heard of');
}
