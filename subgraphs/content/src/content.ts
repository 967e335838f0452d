import type { SubgraphDefinition } from '@community/kit/domain';
import { readContentConfig } from './config.ts';
import { accountSnapshot } from './consumers/account-snapshot.ts';
import { accountSuspended } from './consumers/account-suspended.ts';
import { userBlocked } from './consumers/user-blocked.ts';
import { userFollowed } from './consumers/user-followed.ts';
import { userMuted } from './consumers/user-muted.ts';
import { userPrivacyChanged } from './consumers/user-privacy-changed.ts';
import { userProfile } from './consumers/user-profile.ts';
import { userSnapshot } from './consumers/user-snapshot.ts';
import { userUnblocked } from './consumers/user-unblocked.ts';
import type { Context } from './context.ts';
import { openDatabase, type Tx } from './database.ts';
import { createAudienceStore } from './modules/audience/audience.store.ts';
import { createBlockStore } from './modules/block/block.store.ts';
import { createBoardService } from './modules/board/board.service.ts';
import { boardSnapshots } from './modules/board/board.snapshots.ts';
import { createBoardStore } from './modules/board/board.store.ts';
import { createBookmarkService } from './modules/bookmark/bookmark.service.ts';
import { createBookmarkStore } from './modules/bookmark/bookmark.store.ts';
import { createCommentService } from './modules/comment/comment.service.ts';
import { commentSnapshots } from './modules/comment/comment.snapshots.ts';
import { createCommentStore } from './modules/comment/comment.store.ts';
import { createCommentPublisher } from './modules/comment/publish.ts';
import { createReplyRecountStore } from './modules/comment/reply-recount.store.ts';
import { REPLY_RECOUNT, REPLY_RECOUNT_CRON, replyRecountTask } from './modules/comment/reply-recount.task.ts';
import { createDraftService } from './modules/draft/draft.service.ts';
import { createDraftStore } from './modules/draft/draft.store.ts';
import { createFeedStore } from './modules/feed/feed.store.ts';
import { HOT_RANK, HOT_RANK_CRON, hotRankTask } from './modules/feed/hot-rank.task.ts';
import { createFollowStore } from './modules/follow/follow.store.ts';
import { createLikeService } from './modules/like/like.service.ts';
import { createLikeStore } from './modules/like/like.store.ts';
import { createMemberDataStore } from './modules/member-data/member-data.store.ts';
import { createMemberData } from './modules/member-data/member-data.ts';
import { createMentionStore } from './modules/mention/mention.store.ts';
import { createCaseStore } from './modules/moderation/case.store.ts';
import { createModerationService } from './modules/moderation/moderation.service.ts';
import { createTakeAway } from './modules/moderation/take-away.ts';
import { createThings } from './modules/moderation/things.ts';
import { createMuteStore } from './modules/mute/mute.store.ts';
import { createPinService } from './modules/pin/pin.service.ts';
import { createPinStore } from './modules/pin/pin.store.ts';
import { createPollService } from './modules/poll/poll.service.ts';
import { createPollStore } from './modules/poll/poll.store.ts';
import { createPostService } from './modules/post/post.service.ts';
import { postSnapshots } from './modules/post/post.snapshots.ts';
import { createPostStore } from './modules/post/post.store.ts';
import { createPostPublisher } from './modules/post/publish.ts';
import { type Network, PUBLIC_WEB } from './modules/preview/guarded-get.ts';
import { createPreviewStore } from './modules/preview/preview.store.ts';
import {
  createPreviewLinks,
  LINK_PREVIEW,
  LINK_PREVIEW_SWEEP,
  LINK_PREVIEW_SWEEP_CRON,
  previewSweepTask,
  previewTask,
} from './modules/preview/preview.task.ts';
import { createPrivacyStore } from './modules/privacy/privacy.store.ts';
import { createRevisionStore } from './modules/revision/revision.store.ts';
import { createSuspensionStore } from './modules/suspension/suspension.store.ts';
import { createTagStore } from './modules/tag/tag.store.ts';
import { createValidation } from './modules/validation/validation.ts';
import { schema } from './schema.ts';

/**
 * The content domain: boards, posts, comments and what members do with them.
 * @param network from which pages that posts link to are read; the public web alone, except in tests
 */
export function defineContent(network: Network): SubgraphDefinition<Context, Tx> {
  return {
    name: 'content',
    schema,
    async create({ env, pool, ephemeral, wakeRelay }) {
      const { prisma, transactions } = openDatabase(pool, wakeRelay);
      const stores = {
        board: createBoardStore(prisma),
        post: createPostStore(prisma),
        comment: createCommentStore(prisma),
        like: createLikeStore(prisma),
        bookmark: createBookmarkStore(prisma),
        tag: createTagStore(prisma),
        feed: createFeedStore(prisma),
        preview: createPreviewStore(prisma),
        poll: createPollStore(prisma),
        pin: createPinStore(prisma),
        case: createCaseStore(prisma),
        draft: createDraftStore(prisma),
        revision: createRevisionStore(prisma),
        audience: createAudienceStore(prisma),
      };
      const tools = {
        transactions,
        boards: stores.board,
        posts: stores.post,
        comments: stores.comment,
        likes: stores.like,
        bookmarks: stores.bookmark,
        tags: stores.tag,
        previews: stores.preview,
        polls: stores.poll,
        pins: stores.pin,
        cases: stores.case,
        drafts: stores.draft,
        revisions: stores.revision,
        audience: stores.audience,
        blocks: createBlockStore(),
        mutes: createMuteStore(),
        follows: createFollowStore(),
        privacy: createPrivacyStore(),
        suspensions: createSuspensionStore(),
        mentions: createMentionStore(),
      };
      const previewLinks = createPreviewLinks(tools);
      const publishers = {
        post: createPostPublisher({ ...tools, previewLinks }),
        comment: createCommentPublisher(tools),
      };
      const validation = createValidation({ ...readContentConfig(env), ephemeral });
      const takeAway = createTakeAway(tools);
      const things = createThings(tools);
      const services = {
        board: createBoardService(tools),
        post: createPostService({ ...tools, publisher: publishers.post, validation, takeAway, previewLinks }),
        draft: createDraftService({ ...tools, publisher: publishers.post, validation }),
        comment: createCommentService({ ...tools, publisher: publishers.comment, validation, takeAway }),
        like: createLikeService(tools),
        bookmark: createBookmarkService(tools),
        poll: createPollService(tools),
        pin: createPinService(tools),
        moderation: createModerationService({ ...tools, things, takeAway, publishers }),
      };
      return {
        transactions,
        context: (request) => Object.assign(request, { services, stores }),
        audience: stores.audience.state,
        consumes: {
          topics: ['user', 'auth'],
          handlers: {
            'user.blocked': userBlocked(tools.blocks),
            'user.unblocked': userUnblocked(tools.blocks),
            'user.followed': userFollowed(tools.follows, true),
            'user.unfollowed': userFollowed(tools.follows, false),
            'user.privacy_changed': userPrivacyChanged(tools.privacy),
            'account.suspended': accountSuspended(tools.suspensions, true),
            'account.reinstated': accountSuspended(tools.suspensions, false),
            'account.snapshot': accountSnapshot(tools.suspensions),
            'user.muted': userMuted(tools.mutes, true),
            'user.unmuted': userMuted(tools.mutes, false),
            'user.created': userProfile(tools.mentions),
            'user.profile_changed': userProfile(tools.mentions),
            'user.snapshot': userSnapshot(tools),
          },
        },
        jobs: {
          tasks: {
            [HOT_RANK]: hotRankTask({ transactions, feeds: stores.feed }),
            [LINK_PREVIEW]: previewTask({ transactions, previews: stores.preview, network }),
            [LINK_PREVIEW_SWEEP]: previewSweepTask({ transactions, previews: stores.preview }),
            [REPLY_RECOUNT]: replyRecountTask({ ...tools, recounts: createReplyRecountStore(prisma) }),
          },
          cron: {
            [HOT_RANK]: HOT_RANK_CRON,
            [LINK_PREVIEW_SWEEP]: LINK_PREVIEW_SWEEP_CRON,
            [REPLY_RECOUNT]: REPLY_RECOUNT_CRON,
          },
        },
        memberData: createMemberData({
          transactions,
          data: createMemberDataStore(prisma),
          comments: stores.comment,
          polls: stores.poll,
        }),
        snapshots: [boardSnapshots(stores.board), postSnapshots(stores.post), commentSnapshots(stores.comment)],
        stop: () => prisma.$disconnect(),
      };
    },
  };
}

export const content = defineContent(PUBLIC_WEB);
