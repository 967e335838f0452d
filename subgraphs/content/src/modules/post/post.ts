export type Visibility = 'PUBLIC' | 'HIDDEN' | 'DELETED' | 'HELD';

/** What a member published on a board. */
export interface Post {
  readonly id: string;
  readonly boardId: string;
  readonly authorId: string;
  readonly title: string;
  /** Markdown, as written. */
  readonly body: string;
  /** Rendered and safe to put into a page. */
  readonly bodyHtml: string;
  readonly language: string;
  readonly visibility: Visibility;
  readonly version: number;
  readonly likeCount: number;
  readonly commentCount: number;
  readonly createdAt: Date;
  readonly editedAt: Date | null;
  /** Since when only moderators can answer it. */
  readonly lockedAt: Date | null;
}
