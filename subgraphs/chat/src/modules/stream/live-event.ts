import type { SeenMessage } from '../message/message.ts';
import type { MessageChange } from '../message/message-change.ts';
import type { RoomChange } from '../room/room-change.ts';

/** A member writes in a room. Nothing of it is stored. */
export interface Typing {
  readonly roomId: string;
  readonly memberId: string;
}

/** A member looks at a room now, or no longer. Nothing of it is stored. */
export interface Presence {
  readonly roomId: string;
  readonly memberId: string;
  readonly present: boolean;
}

/** The events of a room, by the kinds of streams that carry them. */
export interface LiveEvents {
  readonly message: SeenMessage;
  readonly messageChange: MessageChange & { readonly message: SeenMessage | null };
  readonly roomChange: RoomChange;
  readonly typing: Typing;
  readonly presence: Presence;
}

export type LiveKind = keyof LiveEvents;
/** The kinds that are stored, and numbered without gaps. */
export type NumberedKind = 'message' | 'messageChange' | 'roomChange';
export const NUMBERED: readonly NumberedKind[] = ['message', 'messageChange', 'roomChange'];

/** What instances tell each other of a room beside that there is something to read. */
export type Signal = { readonly typing: Typing } | { readonly presence: Presence };

/** Who caused an event and might be hidden from its receiver; null where nobody might. */
export function authorOf(kind: LiveKind, event: LiveEvents[LiveKind]): string | null {
  if (kind === 'message') return (event as LiveEvents['message']).senderId;
  if (kind === 'messageChange') return (event as LiveEvents['messageChange']).message?.senderId ?? null;
  return kind === 'roomChange' ? null : (event as Typing | Presence).memberId;
}
