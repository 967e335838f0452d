import type { RoomRole } from '../room/room.ts';

/** A member of a room. */
export interface RoomMember {
  readonly roomId: string;
  readonly memberId: string;
  readonly role: RoomRole;
  /** She may not send until then. */
  readonly mutedUntil: Date | null;
  /** The number of the last message that she has read. */
  readonly readNumber: number;
  readonly joinedAt: Date;
}
