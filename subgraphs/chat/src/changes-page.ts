import { MAX_PAGE } from '@community/kit/connection';
import { defineLoader } from '@community/kit/loader';
import { GraphQLError } from 'graphql';
import type { Context } from './context.ts';
import type { MessageChange } from './modules/message/message-change.ts';
import type { RoomChange } from './modules/room/room-change.ts';

interface Numbers {
  readonly after: number;
  readonly first: number;
}

/** What the two kinds of numbered changes are. */
interface Kinds {
  readonly roomChange: RoomChange;
  readonly messageChange: MessageChange;
}

/** Checks the arguments of a list that is read on from a number. @throws GraphQLError BAD_USER_INPUT */
export function readAfter(args: { after: number; first?: number | null }): Numbers {
  const first = args.first ?? MAX_PAGE;
  if (first >= 1 && first <= MAX_PAGE && args.after >= 0) return { after: args.after, first };
  throw new GraphQLError(`\`after\` is a number that was seen, or 0; \`first\` is from 1 to ${MAX_PAGE}.`, {
    extensions: { code: 'BAD_USER_INPUT' },
  });
}

const loader = <Kind extends keyof Kinds>(kind: Kind) =>
  defineLoader<Context, Numbers & { roomId: string }, Kinds[Kind][]>(async (context, asked) => {
    const limit = Math.max(...asked.map((one) => one.first));
    const found = (await context.stores[kind].after(asked, limit)) as Kinds[Kind][];
    return asked.map(({ roomId, after, first }) => {
      // A room that is asked for twice comes twice.
      const own = new Map(
        found.flatMap((change) => (change.roomId === roomId && change.number > after ? [[change.number, change]] : [])),
      );
      return [...own.values()].sort((one, other) => one.number - other.number).slice(0, first);
    });
  });
const loaders = { roomChange: loader('roomChange'), messageChange: loader('messageChange') };

/** The changes of a room that the viewer was found to be in, after a number; those of all rooms asked for by one statement. */
export function changesAfter<Kind extends keyof Kinds>(
  context: Context,
  kind: Kind,
  roomId: string,
  numbers: Numbers,
): Promise<Kinds[Kind][]> {
  return loaders[kind](context).load({ roomId, ...numbers }) as Promise<Kinds[Kind][]>;
}
