import type { RequestContext } from '@community/kit/context';
import type { AudienceStore } from './modules/audience/audience.store.ts';
import type { BoardService } from './modules/board/board.service.ts';
import type { BoardStore } from './modules/board/board.store.ts';
import type { BookmarkService } from './modules/bookmark/bookmark.service.ts';
import type { BookmarkStore } from './modules/bookmark/bookmark.store.ts';
import type { CommentService } from './modules/comment/comment.service.ts';
import type { CommentStore } from './modules/comment/comment.store.ts';
import type { DraftService } from './modules/draft/draft.service.ts';
import type { DraftStore } from './modules/draft/draft.store.ts';
import type { FeedStore } from './modules/feed/feed.store.ts';
import type { LikeService } from './modules/like/like.service.ts';
import type { LikeStore } from './modules/like/like.store.ts';
import type { CaseStore } from './modules/moderation/case.store.ts';
import type { ModerationService } from './modules/moderation/moderation.service.ts';
import type { PinService } from './modules/pin/pin.service.ts';
import type { PinStore } from './modules/pin/pin.store.ts';
import type { PollService } from './modules/poll/poll.service.ts';
import type { PollStore } from './modules/poll/poll.store.ts';
import type { PostService } from './modules/post/post.service.ts';
import type { PostStore } from './modules/post/post.store.ts';
import type { PreviewStore } from './modules/preview/preview.store.ts';
import type { RevisionStore } from './modules/revision/revision.store.ts';
import type { TagStore } from './modules/tag/tag.store.ts';

/** What resolvers of this subgraph work with: services write, stores read in batches. */
export interface Context extends RequestContext {
  readonly services: {
    readonly board: BoardService;
    readonly post: PostService;
    readonly comment: CommentService;
    readonly draft: DraftService;
    readonly like: LikeService;
    readonly bookmark: BookmarkService;
    readonly poll: PollService;
    readonly pin: PinService;
    readonly moderation: ModerationService;
  };
  readonly stores: {
    readonly board: BoardStore;
    readonly post: PostStore;
    readonly comment: CommentStore;
    readonly like: LikeStore;
    readonly bookmark: BookmarkStore;
    readonly draft: DraftStore;
    readonly tag: TagStore;
    readonly preview: PreviewStore;
    readonly feed: FeedStore;
    readonly poll: PollStore;
    readonly pin: PinStore;
    readonly case: CaseStore;
    readonly revision: RevisionStore;
    readonly audience: AudienceStore;
  };
}
