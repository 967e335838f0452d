import type { SubgraphDefinition } from '@community/kit/subgraph';
import { accountCreated } from './consumers/account-created.ts';
import { commentCreated } from './consumers/comment-created.ts';
import { commentDeleted } from './consumers/comment-deleted.ts';
import { commentLiked, postLiked } from './consumers/liked.ts';
import { postDeleted } from './consumers/post-deleted.ts';
import { userBlocked } from './consumers/user-blocked.ts';
import { userFollowed } from './consumers/user-followed.ts';
import { userProfile } from './consumers/user-profile.ts';
import { userSnapshot } from './consumers/user-snapshot.ts';
import type { Context } from './context.ts';
import { openDatabase, type Tx } from './database.ts';
import { createMergerStore } from './modules/act/merger.store.ts';
import { startMerger } from './modules/act/merger.ts';
import { createPendingStore } from './modules/act/pending.store.ts';
import { createBlockStore } from './modules/block/block.store.ts';
import { createBell } from './modules/inbox/bell.ts';
import { createChangeStore } from './modules/inbox/change.store.ts';
import { openChangeStream } from './modules/inbox/change-stream.ts';
import { createInboxService } from './modules/inbox/inbox.service.ts';
import { createInboxStore } from './modules/inbox/inbox.store.ts';
import { createSweepStore } from './modules/inbox/sweep.store.ts';
import { startSweep } from './modules/inbox/sweep.ts';
import { createMemberStore } from './modules/member/member.store.ts';
import { createPreferenceService } from './modules/preference/preference.service.ts';
import { createPreferenceStore } from './modules/preference/preference.store.ts';
import { schema } from './schema.ts';

/** The notification domain: the inbox of every member, made of what the other domains tell. */
export const notification: SubgraphDefinition<Context, Tx> = {
  name: 'notification',
  schema,
  async create({ pool, wakeRelay, ephemeral, log }) {
    const { prisma, transactions } = openDatabase(pool);
    const stores = {
      inbox: createInboxStore(prisma),
      change: createChangeStore(prisma),
      preference: createPreferenceStore(prisma),
    };
    const bell = createBell(ephemeral, log);
    const pending = createPendingStore();
    const blocks = createBlockStore();
    const members = createMemberStore();
    const merger = startMerger({
      transactions: transactions(),
      pending,
      store: createMergerStore(),
      changes: stores.change,
      bell,
      log,
    });
    const sweep = startSweep({ sweep: createSweepStore(prisma), log });
    const services = {
      inbox: createInboxService({ transactions: transactions(), inbox: stores.inbox, changes: stores.change, bell }),
      preference: createPreferenceService({
        transactions: transactions(),
        inbox: stores.inbox,
        preferences: stores.preference,
      }),
      openChangeStream: (memberId: string, after: number | null) =>
        openChangeStream({ memberId, after, changes: stores.change, bell }),
    };
    return {
      transactions: transactions(() => {
        wakeRelay();
        merger.wake();
      }),
      context: (request) => ({ ...request, services, stores }),
      consumes: {
        topics: ['auth', 'user', 'content'],
        handlers: {
          'account.created': accountCreated(pending),
          'user.created': userProfile(members),
          'user.profile_changed': userProfile(members),
          'user.snapshot': userSnapshot({ blocks, pending, members }),
          'user.blocked': userBlocked({ blocks, pending }, true),
          'user.unblocked': userBlocked({ blocks, pending }, false),
          'user.followed': userFollowed(pending, true),
          'user.unfollowed': userFollowed(pending, false),
          'comment.created': commentCreated(pending),
          'comment.deleted': commentDeleted(pending),
          'comment.liked': commentLiked(pending, true),
          'comment.unliked': commentLiked(pending, false),
          'post.liked': postLiked(pending, true),
          'post.unliked': postLiked(pending, false),
          'post.deleted': postDeleted(pending),
        },
      },
      async stop() {
        await Promise.all([merger.stop(), sweep.stop()]);
        await prisma.$disconnect();
      },
    };
  },
};
