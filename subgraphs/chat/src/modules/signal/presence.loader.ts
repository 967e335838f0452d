import { defineLoader } from '@community/kit/loader';
import type { Context } from '../../context.ts';

/** Whether members look at rooms that the viewer is in; of one from whom a block divides her she does not learn it. */
export const isPresent = defineLoader<Context, { roomId: string; memberId: string }, boolean>(
  async (context, asked) => {
    const viewer = context.member;
    if (!viewer) return asked.map(() => false);
    const others = [...new Set(asked.map((one) => one.memberId))].filter((id) => id !== viewer.id);
    const hidden = await context.stores.block.related(viewer.id, others);
    const present = new Map<string, Set<string>>();
    for (const roomId of new Set(asked.map((one) => one.roomId))) {
      const members = asked.filter((one) => one.roomId === roomId && !hidden.has(one.memberId));
      present.set(
        roomId,
        await context.presence.among(
          roomId,
          members.map((one) => one.memberId),
        ),
      );
    }
    return asked.map(({ roomId, memberId }) => present.get(roomId)?.has(memberId) ?? false);
  },
);
