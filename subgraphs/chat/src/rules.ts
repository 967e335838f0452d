import type { Context } from './context.ts';
import { type Message, type SeenMessage, withheld } from './modules/message/message.ts';
import type { LiveEvents, LiveKind } from './modules/stream/live-event.ts';

/**
 * What a viewer may see of messages in rooms that she is in, after they were loaded: the one place where that is
 * decided, for lists, references and live events. Of two members of whom one blocks the other neither sees what the
 * other wrote; the message keeps its place.
 * @param blocked the senders with whom the viewer stands in a block
 */
export function seenBy(messages: readonly Message[], blocked: ReadonlySet<string>): SeenMessage[] {
  return messages.map((message) => (blocked.has(message.senderId) ? withheld(message) : message));
}

/** Applies the rules for the viewer of a request. */
export async function seenByViewer(context: Context, messages: readonly Message[]): Promise<SeenMessage[]> {
  const viewer = context.member;
  const senders = new Set(messages.map((message) => message.senderId).filter((id) => id !== viewer?.id));
  if (!viewer || senders.size === 0) return [...messages];
  return seenBy(messages, await context.stores.block.related(viewer.id, [...senders]));
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
