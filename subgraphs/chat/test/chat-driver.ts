import { createBus } from '@community/events/create-bus';
import { newId } from '@community/kit/ids';
import type { TestDomain } from '@community/testing/domain';
import type { TestMember } from '@community/testing/member-key';
import { until } from '@community/testing/wait';
import { MAX_INVITED_AT_ONCE } from '../src/modules/room/room.policy.ts';

/** What a mutation answered, without asking which: its success's fields, or those of `Error`. */
export interface Answer {
  readonly __typename: string;
  readonly code?: string;
  readonly message?: string;
  readonly path?: readonly string[];
  readonly roomId?: string;
  readonly retryAfterSeconds?: number;
  readonly sent?: { id: string; number: number; version: number; body: string | null; visibility: string };
}

const MESSAGE = 'id number version body visibility';
const ROOM_MUTATIONS = [
  'CreateRoom',
  'OpenDirectRoom',
  'RenameRoom',
  'SetRoomNotificationLevel',
  'MarkRoomRead',
  'LeaveRoom',
  'RemoveRoomMember',
  'MuteRoomMember',
  'SetRoomRole',
  'SignalTyping',
  'SignalPresence',
  'InviteToRoom',
  'AcceptRoomInvitation',
  'DeclineRoomInvitation',
];

/** Calls chat as members do, through its graph. */
export function createChatDriver(domain: TestDomain) {
  /** Runs a mutation by its name. */
  async function call(name: string, input: object, as: TestMember | null): Promise<Answer> {
    const Name = `${name[0]?.toUpperCase()}${name.slice(1)}`;
    const success = ROOM_MUTATIONS.includes(Name) ? 'roomId' : `sent: roomMessage { ${MESSAGE} }`;
    const answer = await domain.query<Record<string, Answer>>(
      `mutation($input: ${Name}Input!) { ${name}(input: $input) { __typename ... on ${Name}Success { ${success} } ... on Error { code message path } } }`,
      { input },
      as,
    );
    const result = answer.data?.[name];
    if (!result) throw new Error(JSON.stringify(answer));
    return result;
  }

  /** Makes members known to chat, as it is of those who signed up long ago. */
  async function know(...members: readonly TestMember[]): Promise<void> {
    const ids = members.map(({ id }) => id);
    // In the order of ids: callers at once that know the same pair would else wait for each other's row.
    await domain.database.query(
      'INSERT INTO known_member SELECT id FROM unnest($1::uuid[]) id ORDER BY id ON CONFLICT DO NOTHING',
      [ids],
    );
  }

  /** A group room of these members, the first of whom is its owner. */
  async function group(owner: TestMember, ...others: TestMember[]): Promise<string> {
    const { roomId = '' } = await call('createRoom', { title: 'Room' }, owner);
    await know(owner, ...others);
    const ids = others.map(({ id }) => id);
    while (ids.length > 0) await call('inviteToRoom', { roomId, memberIds: ids.splice(0, MAX_INVITED_AT_ONCE) }, owner);
    for (const other of others) await call('acceptRoomInvitation', { roomId }, other);
    return roomId;
  }

  async function direct(one: TestMember, other: TestMember): Promise<string> {
    await know(one, other);
    return (await call('openDirectRoom', { memberId: other.id }, one)).roomId ?? '';
  }

  async function say(sender: TestMember, roomId: string, body = 'Hello', more: object = {}) {
    const answer = await call('sendMessage', { roomId, body, ...more }, sender);
    if (!answer.sent) throw new Error(JSON.stringify(answer));
    return answer.sent;
  }

  /** Tells chat of an event of another domain, and waits until chat has handled it. */
  async function tell(topic: string, type: string, subject: string, version: number, data: object): Promise<void> {
    const bus = createBus({ url: domain.env.DATABASE_URL_EVENTS ?? '', log: { info() {}, warn() {}, error() {} } });
    const value = {
      specversion: '1.0',
      id: newId(),
      source: `/community/${topic}`,
      type,
      time: new Date().toISOString(),
      subject,
      datacontenttype: 'application/json',
      schemaversion: 1,
      aggregateversion: version,
      data,
    };
    await bus.append(topic, [{ key: subject, value }]);
    await bus.close();
    await until(
      async () =>
        (await domain.database.query('SELECT 1 FROM events.inbox WHERE event_id = $1', [value.id])).rowCount === 1,
      `${type} being known`,
    );
  }

  const block = (one: TestMember, other: TestMember, type = 'user.blocked', version = 1) =>
    tell('user', type, one.id, version, { blockerId: one.id, blockedId: other.id });

  /** The events of a key that chat has told, in their order. */
  async function events(
    key: string,
  ): Promise<{ type: string; aggregateversion: number; data: Record<string, unknown> }[]> {
    return until(async () => {
      if ((await domain.database.query('SELECT 1 FROM events.outbox WHERE key = $1', [key])).rowCount) return null;
      const { rows } = await domain.log.query(
        "SELECT value FROM log.record WHERE topic = 'chat' AND key = $1 ORDER BY record_offset",
        [key],
      );
      return rows.map(({ value }) => value);
    }, 'the outbox being empty');
  }

  /** Asks for fields of a room; null where the member does not see it. */
  async function room<Fields = Record<string, unknown>>(
    roomId: string,
    fields: string,
    as: TestMember | null,
  ): Promise<Fields | null> {
    const answer = await domain.query<{ room: Fields | null }>(
      `query($id: ID!) { room(id: $id) { ${fields} } }`,
      { id: roomId },
      as,
    );
    if (answer.errors) throw new Error(JSON.stringify(answer.errors));
    return answer.data.room;
  }

  /** A grant of the room's streams for a member. */
  async function grant(roomId: string, as: TestMember): Promise<string> {
    const found = await room<{ stream: { grant: string } | null }>(roomId, 'stream { grant }', as);
    if (!found?.stream) throw new Error('no grant');
    return found.stream.grant;
  }

  /** Whose stream a grant opens, in which epoch: what is equal in grants that differ in their term only. */
  const holderOf = (text: string): string =>
    Buffer.from(text.split('.')[0] ?? '', 'base64url')
      .toString()
      .split('.')
      .slice(0, -1)
      .join('.');

  const member = (): TestMember => domain.keys.member();
  return { call, know, grant, holderOf, group, direct, say, tell, block, events, room, member };
}

export type ChatDriver = ReturnType<typeof createChatDriver>;
