/** A group room that a member was asked into, as far as she may know it before she accepts. */
export interface Invitation {
  readonly roomId: string;
  readonly title: string;
  readonly memberCount: number;
  readonly invitedBy: string;
  readonly createdAt: Date;
}
