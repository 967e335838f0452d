import { forEach } from '@community/testing/for-each';
import { type Client, createClient, type SignedIn } from '../../tests/graph/client.ts';
import { RefreshSessionDocument } from '../../tests/graph/generated/operations.ts';
import { createRooms } from '../../tests/graph/rooms.ts';

export interface Room {
  readonly id: string;
  readonly members: readonly SignedIn[];
}

/** Tokens that are older are renewed before something is measured: they hold for ten minutes. */
const RENEWED_AFTER_MS = 5 * 60_000;

/** A community whose members talk in rooms. */
export function createCommunity(url: string) {
  const client = createClient(url);
  /** The present tokens of each member, by the token that she was first given. */
  const sessions = new Map<string, { accessToken: string; refreshToken: string; since: number }>();
  type As = { accessToken: string } | null | undefined;
  const now = (as: As): As => as && (sessions.get(as.accessToken) ?? as);
  const renewing: Client = {
    ...client,
    ask: (query, variables, as) => client.ask(query, variables, now(as)),
    send: (document, variables, as) => client.send(document, variables, now(as)),
  };
  const rooms = createRooms(renewing);

  return {
    /** So many new members. @param onProgress told how many there are */
    async signUp(count: number, onProgress: (done: number) => void): Promise<SignedIn[]> {
      return forEach(Array.from({ length: count }), async () => {
        const member = await client.signUp();
        const { accessToken, refreshToken } = member;
        sessions.set(accessToken, { accessToken, refreshToken, since: performance.now() });
        onProgress(sessions.size);
        return member;
      });
    },

    /** Renews the tokens that might expire while something is measured. */
    async renew(): Promise<void> {
      const old = [...sessions].filter(([, { since }]) => performance.now() - since > RENEWED_AFTER_MS);
      await forEach(old, async ([first, { refreshToken }]) => {
        const { data, errors } = await client.send(RefreshSessionDocument, { input: { refreshToken } });
        if (data?.refreshSession.__typename !== 'RefreshSessionSuccess')
          throw new Error(`a session could not be renewed: ${JSON.stringify({ data, errors })}`);
        sessions.set(first, { ...data.refreshSession.session, since: performance.now() });
      });
    },

    /** A group room of these members, the first of whom owns it. */
    async makeRoom(title: string, members: readonly SignedIn[]): Promise<Room> {
      const [owner, ...others] = members;
      if (!owner) throw new Error('a room needs an owner');
      return { id: await rooms.open(title, [owner, ...others]), members };
    },

    tokenOf: (member: SignedIn): string => now(member)?.accessToken ?? member.accessToken,

    /** What a member is given to open the stream of a room by. */
    grantOf: (room: Room, member: SignedIn): Promise<string> => rooms.grant(room.id, member),

    /** Sends a message that holds the time. @returns why it was refused; null when it was acknowledged */
    async send(room: Room, member: SignedIn): Promise<string | null> {
      try {
        const { data, errors } = await renewing.ask<{ sendMessage: { roomMessage?: object } } | null>(
          'mutation Send($input: SendMessageInput!) { sendMessage(input: $input) { ... on SendMessageSuccess { roomMessage { number } } ... on Error { code message } } }',
          { input: { roomId: room.id, body: String(Date.now()) } },
          member,
        );
        return data?.sendMessage.roomMessage ? null : JSON.stringify(errors ?? data);
      } catch (error) {
        return String(error);
      }
    },
  };
}

export type Community = ReturnType<typeof createCommunity>;
