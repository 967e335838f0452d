/** What a member is told of. */
export const KINDS = ['COMMENT', 'REPLY', 'MENTION', 'LIKE', 'FOLLOW', 'MESSAGE', 'MODERATION', 'SYSTEM'] as const;
export type Kind = (typeof KINDS)[number];

/** What it is more exactly, where the kind does not say. */
export type Reason = 'WELCOME' | 'ROLES_CHANGED' | 'POST_HIDDEN' | 'COMMENT_HIDDEN' | 'SUSPENDED' | 'INVITED';

export type TargetType = 'POST' | 'COMMENT' | 'USER' | 'ROOM';

/** One thing that somebody did, and that a member is told of. */
export interface Act {
  readonly recipientId: string;
  readonly kind: Kind;
  readonly reason: Reason | null;
  readonly targetType: TargetType;
  readonly targetId: string;
  /** Null when the platform did it. */
  readonly actorId: string | null;
  /** What was done, within kind and target: the comment, or the member whose like it is. The same one counts once. */
  readonly sourceId: string;
  /** The number of a chat room's message. */
  readonly position?: number | null;
  readonly occurredAt: Date;
}

/** The acts of one kind on one target that come from one source. */
export type ActKey = Pick<Act, 'recipientId' | 'kind' | 'targetId' | 'sourceId'>;

/** What an event means for inboxes. */
export type Operation =
  | { readonly operation: 'ADD'; readonly act: Act }
  /** The act was undone. */
  | { readonly operation: 'REMOVE'; readonly act: ActKey }
  /** The target itself is gone, and all that its owner was told of it. */
  | { readonly operation: 'RETRACT'; readonly recipientId: string; readonly targetId: string }
  /** A block between the two began or ended. */
  | { readonly operation: 'REVIEW'; readonly recipientId: string; readonly actorId: string }
  /** The recipient has read a chat room up to a message. */
  | { readonly operation: 'READ'; readonly recipientId: string; readonly targetId: string; readonly position: number };
