import type { Change } from './difference.ts';

/** What a post or a comment said at one version of it. */
export interface Revision {
  readonly version: number;
  /** Null for a comment's. */
  readonly title: string | null;
  /** How the body came from the version before. */
  readonly changes: readonly Change[];
  readonly writtenAt: Date;
}

/** A post or a comment as an edit finds or leaves it. */
export interface Wording {
  readonly id: string;
  readonly authorId: string;
  readonly version: number;
  readonly title?: string;
  readonly body: string;
  readonly createdAt: Date;
  readonly editedAt: Date | null;
}
