import type { Member } from '@community/kit/member';
import {
  type Forbidden,
  type Invalid,
  invalid,
  isProblem,
  type NotFound,
  type NotSignedIn,
  notFound,
  requireMember,
} from '@community/kit/problem';
import type { MessageDone, MessageService } from '../message/message.service.ts';
import type { MessageStore } from '../message/message.store.ts';
import { isShown, type Message } from '../message/message.ts';
import type { MessageChangeStore } from '../message/message-change.store.ts';
import type { ReactionStore } from './reaction.store.ts';

export type ReactionService = ReturnType<typeof createReactionService>;

const UNICODE_SETS = 'v';
/** One emoji by Unicode, with its modifiers and joiners. */
// A literal of this flag needs a newer language target than the repository's.
const EMOJI = new RegExp('^\\p{RGI_Emoji}$', UNICODE_SETS);
/** Different ones on one message. */
const MAX_EMOJI = 20;

export function createReactionService({
  messages,
  changes,
  reactions,
  service,
}: {
  messages: MessageStore;
  changes: MessageChangeStore;
  reactions: ReactionStore;
  service: Pick<MessageService, 'onMessage'>;
}) {
  return {
    /** Adds the viewer's reaction to a message or takes it away; well also when it is so already. */
    async set<Name extends string>(
      viewer: Member | null,
      input: { messageId: string; emoji: string; present: boolean; __typename: Name },
    ): Promise<MessageDone<Name> | NotSignedIn | NotFound | Invalid | Forbidden> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      const { emoji, present, __typename } = input;
      if (!EMOJI.test(emoji)) return invalid('A reaction is one emoji.', ['input', 'emoji']);
      return service.onMessage<MessageDone<Name> | NotFound | Invalid>(
        member,
        input.messageId,
        async (tx, room, message) => {
          if (!isShown(message)) return notFound('message', ['input', 'messageId']);
          if (present && message.reactions.length >= MAX_EMOJI && !message.reactions.some((one) => one.emoji === emoji))
            return invalid(`A message has at most ${MAX_EMOJI} different reactions.`, ['input', 'emoji']);
          const changed = present
            ? await reactions.add(tx, message.id, emoji, member.id)
            : await reactions.remove(tx, message.id, emoji, member.id);
          if (!changed) return { __typename, message };
          const kind = present ? 'REACTION_ADDED' : 'REACTION_REMOVED';
          await changes.append(tx, { roomId: room.id, messageId: message.id, kind, actorId: member.id });
          return { __typename, message: (await messages.byId(tx, message.id)) as Message };
        },
      );
    },
  };
}
