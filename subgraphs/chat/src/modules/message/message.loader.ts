import { isId } from '@community/kit/ids';
import { defineLoader } from '@community/kit/loader';
import type { Context } from '../../context.ts';
import { seenByViewer } from '../../rules.ts';
import type { MessageList } from './message.store.ts';
import type { SeenMessage } from './message.ts';

/** Messages by id, as far as they are in rooms of the viewer. */
export const messageById = defineLoader<Context, string, SeenMessage | null>(async (context, ids) => {
  if (!context.member) return ids.map(() => null);
  const known = (await context.stores.message.ofMember(context.member.id, ids.filter(isId))).flatMap(
    (one) => one ?? [],
  );
  const seen = new Map((await seenByViewer(context, known)).map((message) => [message.id, message]));
  return ids.map((id) => seen.get(id) ?? null);
});

/** Messages by their places, in rooms that the viewer was found to be in. */
export const messageByNumber = defineLoader<Context, { roomId: string; number: number }, SeenMessage | null>(
  async (context, places) => {
    const known = (await context.stores.message.byNumbers(places)).flatMap((one) => one ?? []);
    const seen = new Map(
      (await seenByViewer(context, known)).map((message) => [`${message.roomId} ${message.number}`, message]),
    );
    return places.map(({ roomId, number }) => seen.get(`${roomId} ${number}`) ?? null);
  },
);

/** Windows of messages of rooms that the viewer was found to be in; one row more than asked for. */
export const messageList = defineLoader<Context, MessageList, SeenMessage[]>(async (context, lists) => {
  const found = await context.stores.message.lists(lists);
  const seen = new Map((await seenByViewer(context, found.flat())).map((message) => [message.id, message]));
  return found.map((messages) => messages.flatMap((message) => seen.get(message.id) ?? []));
});
