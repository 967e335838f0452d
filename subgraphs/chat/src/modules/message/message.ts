export type MessageVisibility = 'VISIBLE' | 'DELETED' | 'REMOVED';

export interface ReactionCount {
  readonly emoji: string;
  readonly count: number;
}

/** What a member said in a room. */
export interface Message {
  readonly id: string;
  readonly roomId: string;
  /** Its place in the room: from 1, without gaps. */
  readonly number: number;
  readonly senderId: string;
  /** As it was written; empty when it was taken away. */
  readonly body: string;
  /** The message of the same room that it answers. */
  readonly replyToNumber: number | null;
  readonly mentionedIds: readonly string[];
  readonly fileIds: readonly string[];
  readonly visibility: MessageVisibility;
  readonly version: number;
  readonly createdAt: Date;
  readonly editedAt: Date | null;
  readonly reactions: readonly ReactionCount[];
}

/** A message as a viewer gets it: one of a member with whom she stands in a block keeps its place only. */
export type SeenMessage = Omit<Message, 'visibility'> & {
  readonly visibility: MessageVisibility | 'BLOCKED';
  /** It came by a stream that members share, so it resolves as for the public viewer. */
  readonly shared?: true;
};

/** Hides everything of a message but its place, so that numbers have no gap for anybody. */
export function withheld(message: SeenMessage): SeenMessage {
  return {
    ...message,
    body: '',
    replyToNumber: null,
    mentionedIds: [],
    fileIds: [],
    reactions: [],
    editedAt: null,
    visibility: 'BLOCKED',
  };
}

/** Whether its words and its sender are shown. */
export const isShown = (message: SeenMessage): boolean => message.visibility === 'VISIBLE';
