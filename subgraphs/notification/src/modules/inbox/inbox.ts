import type { Kind, Reason, TargetType } from '../act/act.ts';

/** All acts of one kind on one target since the recipient last looked. */
export interface Notification {
  readonly id: string;
  readonly recipientId: string;
  readonly kind: Kind;
  readonly reason: Reason | null;
  readonly targetType: TargetType;
  readonly targetId: string;
  readonly actorCount: number;
  /** The last three, the latest first. */
  readonly recentActorIds: readonly string[];
  /** Whether it is in the inbox: an act is left, and the recipient wants this kind there. */
  readonly shown: boolean;
  readonly createdAt: Date;
  /** When the latest act was. */
  readonly updatedAt: Date;
  readonly readAt: Date | null;
}

/** A change of a member's inbox. Numbers of one member have no gaps. */
export interface Change {
  readonly recipientId: string;
  readonly number: number;
  /** Null when several were read at once. */
  readonly notification: Notification | null;
}

/** Whose inboxes changed, with the number of the latest change of each. */
export type Told = ReadonlyMap<string, number>;
