import { isId } from '@community/kit/ids';
import { defineLoader } from '@community/kit/loader';
import type { Context } from '../../context.ts';
import type { RoomOfMember } from './room.ts';

/** Rooms by id, as far as the viewer is a member: a room of others is as good as none. */
export const roomById = defineLoader<Context, string, RoomOfMember | null>(async (context, ids) => {
  const known = context.member ? await context.stores.room.ofMember(context.member.id, ids.filter(isId)) : [];
  const byId = new Map(known.map((room) => [room.id, room]));
  return ids.map((id) => byId.get(id) ?? null);
});

/** A room as it is after something was written into it. */
export function freshRoom(context: Context, id: string): Promise<RoomOfMember | null> {
  return roomById(context).clear(id).load(id);
}
