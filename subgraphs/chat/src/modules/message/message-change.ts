export type MessageChangeKind = 'EDITED' | 'DELETED' | 'REACTION_ADDED' | 'REACTION_REMOVED';

/** Something that happened to a message after it was sent. */
export interface MessageChange {
  readonly roomId: string;
  /** Its place among the changes of the room's messages: from 1, without gaps. */
  readonly number: number;
  readonly kind: MessageChangeKind;
  readonly messageId: string;
  readonly actorId: string;
  readonly createdAt: Date;
}
