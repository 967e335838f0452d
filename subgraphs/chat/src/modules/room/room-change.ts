import type { RoomRole } from './room.ts';

export type RoomChangeKind =
  | 'CREATED'
  | 'RENAMED'
  | 'MEMBER_INVITED'
  | 'MEMBER_JOINED'
  | 'MEMBER_LEFT'
  | 'MEMBER_REMOVED'
  | 'ROLE_CHANGED'
  | 'MEMBER_MUTED'
  | 'MEMBER_UNMUTED';

/** Something that happened to a room or to its members. */
export interface RoomChange {
  readonly roomId: string;
  /** Its place among the room's changes: from 1, without gaps. */
  readonly number: number;
  readonly kind: RoomChangeKind;
  /** Who did it; null when the platform did. */
  readonly actorId: string | null;
  /** Whom it was done to. */
  readonly memberId: string | null;
  /** The role that she has now, where it changed. */
  readonly role: RoomRole | null;
  /** The room's title now, where it changed. */
  readonly title: string | null;
  readonly createdAt: Date;
}
