import type { Member } from '@community/kit/member';
import type { BlockStore } from './modules/block/block.store.ts';
import { type Message, type SeenMessage, withheld } from './modules/message/message.ts';
import type { HiddenReactions, ReactionStore } from './modules/reaction/reaction.store.ts';
import type { LiveEvents, LiveKind } from './modules/stream/live-event.ts';

/** The messages to which somebody reacted. */
export const reactedTo = (messages: readonly SeenMessage[]): string[] =>
  messages.flatMap(({ id, reactions }) => (reactions.length > 0 ? [id] : []));

/** A message without the reactions that a block hides from a viewer. */
function withoutHidden(message: SeenMessage, viewerId: string, hiddenOf: HiddenReactions): SeenMessage {
  const hidden = hiddenOf(viewerId, message.id);
  if (!hidden) return message;
  const reactions = message.reactions
    .map(({ emoji, count }) => ({ emoji, count: count - (hidden.get(emoji) ?? 0) }))
    .filter(({ count }) => count > 0);
  return { ...message, reactions };
}

/**
 * What the viewer of a request may see of messages in rooms that she is in, after they were loaded: this file is the one
 * place where that is decided, for lists, references and live events. Of two members of whom one blocks the other neither
 * sees what the other wrote, and neither is counted for the other among those who reacted; a message keeps its place.
 */
export async function seenByViewer(
  context: {
    readonly member: Member | null;
    readonly stores: {
      readonly block: Pick<BlockStore, 'hiddenFrom'>;
      readonly reaction: Pick<ReactionStore, 'hidden'>;
    };
  },
  messages: readonly Message[],
): Promise<SeenMessage[]> {
  const viewer = context.member;
  if (!viewer) return [...messages];
  const senders = new Set(messages.map((message) => message.senderId).filter((id) => id !== viewer.id));
  const reacted = reactedTo(messages);
  if (senders.size === 0 && reacted.length === 0) return [...messages];
  const { block, reaction } = context.stores;
  const { senders: blocked, any } = await block.hiddenFrom(viewer.id, [...senders]);
  // Hardly anybody stands in a block: the others pay nothing for it.
  const hidden = await reaction.hidden(any ? [viewer.id] : [], reacted);
  return messages.map((message) =>
    blocked.has(message.senderId) ? withheld(message) : withoutHidden(message, viewer.id, hidden),
  );
}

/**
 * What comes of a live event to a member whom a block divides from the one who caused it: a message keeps its place, of
 * typing and presence she learns nothing.
 */
export function seenAcrossBlock<Kind extends LiveKind>(kind: Kind, event: LiveEvents[Kind]): LiveEvents[Kind] | null;
export function seenAcrossBlock(kind: LiveKind, event: LiveEvents[LiveKind]): LiveEvents[LiveKind] | null {
  if (kind === 'message') return withheld(event as LiveEvents['message']);
  if (kind !== 'messageChange') return kind === 'roomChange' ? event : null;
  const change = event as LiveEvents['messageChange'];
  return { ...change, message: change.message && withheld(change.message) };
}

/** What comes of a live event to a member who may see it: without the reactions that a block hides from her. */
export function withoutHiddenReactions<Kind extends LiveKind>(
  kind: Kind,
  event: LiveEvents[Kind],
  memberId: string,
  hiddenOf: HiddenReactions,
): LiveEvents[Kind];
export function withoutHiddenReactions(
  kind: LiveKind,
  event: LiveEvents[LiveKind],
  memberId: string,
  hiddenOf: HiddenReactions,
): LiveEvents[LiveKind] {
  if (kind !== 'messageChange') return event;
  const change = event as LiveEvents['messageChange'];
  return { ...change, message: change.message && withoutHidden(change.message, memberId, hiddenOf) };
}
