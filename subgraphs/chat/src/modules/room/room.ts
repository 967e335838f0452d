export type RoomKind = 'DIRECT' | 'GROUP';
export type RoomRole = 'OWNER' | 'MODERATOR' | 'MEMBER';
export type RoomNotificationLevel = 'ALL' | 'MENTIONS' | 'NONE';

/** Where members talk: two of them, or a group. */
export interface Room {
  readonly id: string;
  readonly kind: RoomKind;
  /** Null in a direct room. */
  readonly title: string | null;
  readonly memberCount: number;
  /** The last number of each of the room's sequences. */
  readonly messageNumber: number;
  readonly messageChangeNumber: number;
  readonly roomChangeNumber: number;
  readonly createdAt: Date;
  readonly lastActivityAt: Date;
}

/** A room as one of its members has it. */
export interface RoomOfMember extends Room {
  readonly memberId: string;
  readonly role: RoomRole;
  readonly level: RoomNotificationLevel;
  readonly mutedUntil: Date | null;
  readonly readNumber: number;
}
