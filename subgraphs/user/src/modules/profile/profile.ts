/** Where else a member is to be found. */
export interface ProfileLink {
  /** http or https. */
  readonly url: string;
  readonly label: string;
}

/** A picture that the file domain keeps. */
export interface Image {
  readonly id: string;
  /** What it shows, for who does not see it. */
  readonly alt: string;
}

/** A member's public face. */
export interface Profile {
  readonly id: string;
  /** Lower case, unique, without the `@`. */
  readonly handle: string;
  readonly displayName: string;
  readonly bio: string;
  readonly language: string;
  /** Whether she shows some of this to her followers only. */
  readonly isPrivate: boolean;
  readonly links: readonly ProfileLink[];
  readonly avatar: Image | null;
  readonly version: number;
  readonly followerCount: number;
  readonly followingCount: number;
  readonly createdAt: Date;
}
