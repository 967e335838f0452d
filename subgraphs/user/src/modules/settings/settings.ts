/** Who comes upon a member in the directory and in suggestions; who knows her handle finds her anyhow. */
export type Findability = 'EVERYONE' | 'FOLLOWERS' | 'NOBODY';

/** What a member has chosen for herself; nobody else sees it, but for her language. */
export interface Settings {
  readonly language: string;
  /** IANA name. */
  readonly timeZone: string;
  /** Whether her followers alone see what she shows and writes. */
  readonly isPrivate: boolean;
  readonly findableBy: Findability;
  /** That of her profile: what is edited in both places is one row. */
  readonly version: number;
}
