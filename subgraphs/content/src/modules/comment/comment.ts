import type { Visibility } from '../post/post.ts';

/** What a member answered to a post, or to another comment. */
export interface Comment {
  readonly id: string;
  readonly postId: string;
  /** The comment that it answers; null at the top. */
  readonly parentId: string | null;
  /** 0 at the top. */
  readonly depth: number;
  readonly authorId: string;
  readonly body: string;
  readonly bodyHtml: string;
  readonly visibility: Visibility;
  readonly likeCount: number;
  readonly replyCount: number;
  readonly version: number;
  readonly createdAt: Date;
  readonly editedAt: Date | null;
}
