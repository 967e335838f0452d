/** A member's public face. */
export interface Profile {
  readonly id: string;
  /** Lower case, unique, without the `@`. */
  readonly handle: string;
  readonly displayName: string;
  readonly bio: string;
  readonly language: string;
  readonly version: number;
  readonly followerCount: number;
  readonly followingCount: number;
  readonly createdAt: Date;
}
