import type { Transactions } from '@community/events/sql';
import { oncePerKey } from '@community/kit/client-mutation';
import { isId, newId } from '@community/kit/ids';
import type { Member } from '@community/kit/member';
import {
  type Conflict,
  type Forbidden,
  forbidden,
  type Invalid,
  invalid,
  isProblem,
  type NotFound,
  type NotSignedIn,
  notFound,
  requireMember,
} from '@community/kit/problem';
import type { Tx } from '../../database.ts';
import type { BlockStore } from '../block/block.store.ts';
import type { KnownMemberStore } from '../known-member/known-member.store.ts';
import type { MemberStore } from '../member/member.store.ts';
import { checkTitle, mayInRoom, tidyTitle } from './room.policy.ts';
import type { RoomStore } from './room.store.ts';
import type { RoomKind, RoomRole } from './room.ts';
import type { RoomWriting } from './room.write.ts';

export type RoomService = ReturnType<typeof createRoomService>;

/** A room that something was done to. */
export interface RoomDone<Name extends string> {
  readonly __typename: Name;
  readonly roomId: string;
}

export function createRoomService({
  transactions,
  rooms,
  members,
  knownMembers,
  blocks,
  writing,
}: {
  transactions: Transactions<Tx>;
  rooms: RoomStore;
  members: MemberStore;
  knownMembers: KnownMemberStore;
  blocks: BlockStore;
  writing: RoomWriting;
}) {
  /** Fills a room that was just made with its first members. */
  async function begin(tx: Tx, roomId: string, kind: RoomKind, creator: Member, memberIds: readonly string[]) {
    const role: RoomRole = kind === 'GROUP' ? 'OWNER' : 'MEMBER';
    for (const memberId of memberIds) await members.join(tx, roomId, memberId, role, 0);
    await writing.record(tx, roomId, creator.id, [
      {
        change: { kind: 'CREATED' },
        fact: { type: 'room.created', payload: { roomId, kind, createdBy: creator.id } },
      },
      ...memberIds.map((memberId) => ({
        fact: { type: 'room.member_joined' as const, payload: { roomId, memberId, kind, role, level: 'ALL' as const } },
      })),
    ]);
  }

  return {
    /** Makes a group room, of which the viewer is the owner and the only member. */
    async createGroup(
      viewer: Member | null,
      input: { title: string; clientMutationId: string | null },
    ): Promise<RoomDone<'CreateRoomSuccess'> | NotSignedIn | Invalid | Conflict> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      const title = tidyTitle(input.title);
      const fault = checkTitle(title);
      if (fault) return fault;
      return transactions.run((tx) =>
        oncePerKey<RoomDone<'CreateRoomSuccess'>>(
          transactions.sql(tx),
          { actor: member.id, key: input.clientMutationId, operation: 'createRoom', input: { title } },
          async () => {
            const id = newId();
            await rooms.create(tx, { id, kind: 'GROUP', title, directKey: null, createdBy: member.id });
            await begin(tx, id, 'GROUP', member, [member.id]);
            return { result: { __typename: 'CreateRoomSuccess', roomId: id }, remember: { id } };
          },
          async ({ id }) => ({ __typename: 'CreateRoomSuccess', roomId: String(id) }),
        ),
      );
    },

    /** Opens the room of the viewer and another member: the one that they have, or a new one. */
    async openDirect(
      viewer: Member | null,
      memberId: string,
    ): Promise<RoomDone<'OpenDirectRoomSuccess'> | NotSignedIn | NotFound | Invalid> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      if (!isId(memberId)) return notFound('member', ['input', 'memberId']);
      const pair = [member.id, memberId.toLowerCase()].sort();
      if (pair[0] === pair[1]) return invalid('A direct room has two members.', ['input', 'memberId']);
      return transactions.run(async (tx) => {
        await blocks.lockMembers(tx, pair);
        const id = newId();
        const directKey = pair.join(':');
        const blocked = await blocks.related(member.id, pair, tx);
        const known = await knownMembers.among([memberId.toLowerCase()], tx);
        const hidden = blocked.size > 0 || known.size === 0;
        const earlier = hidden ? await rooms.directOf(tx, directKey) : null;
        if (hidden && !earlier) return notFound('member', ['input', 'memberId']);
        const existing =
          earlier ?? (await rooms.create(tx, { id, kind: 'DIRECT', title: null, directKey, createdBy: member.id }));
        if (!existing) await begin(tx, id, 'DIRECT', member, pair);
        return { __typename: 'OpenDirectRoomSuccess', roomId: existing ?? id };
      });
    },

    async rename(
      viewer: Member | null,
      input: { roomId: string; title: string },
    ): Promise<RoomDone<'RenameRoomSuccess'> | NotSignedIn | Invalid | NotFound | Forbidden> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      const title = tidyTitle(input.title);
      const fault = checkTitle(title);
      if (fault) return fault;
      return writing.inRoom(member, input.roomId, async (tx, room) => {
        if (room.kind === 'DIRECT') return forbidden('A direct room has no title.');
        if (!mayInRoom(room.role, 'rename')) return forbidden('Only its owner or a moderator renames a room.');
        if (room.title !== title) {
          await rooms.rename(tx, room.id, title);
          await writing.record(tx, room.id, member.id, [{ change: { kind: 'RENAMED', title } }]);
        }
        return { __typename: 'RenameRoomSuccess', roomId: room.id };
      });
    },
  };
}
