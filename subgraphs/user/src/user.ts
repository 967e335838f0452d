import type { SubgraphDefinition } from '@community/kit/domain';
import { json } from '@community/kit/http';
import { isProblem } from '@community/kit/problem';
import { accountClosed } from './consumers/account-closed.ts';
import { accountCreated } from './consumers/account-created.ts';
import { accountSnapshot } from './consumers/account-snapshot.ts';
import { accountSuspended } from './consumers/account-suspended.ts';
import { profileRequested } from './consumers/profile-requested.ts';
import type { Context } from './context.ts';
import { openDatabase, type Tx } from './database.ts';
import { createBlockService } from './modules/block/block.service.ts';
import { createBlockStore } from './modules/block/block.store.ts';
import { createDirectoryStore } from './modules/directory/directory.store.ts';
import { createFollowRecorder } from './modules/follow/follow.recorder.ts';
import { createFollowService } from './modules/follow/follow.service.ts';
import { createFollowStore } from './modules/follow/follow.store.ts';
import { createFollowRequestService } from './modules/follow-request/follow-request.service.ts';
import { createFollowRequestStore } from './modules/follow-request/follow-request.store.ts';
import { createHandleService, readReservation } from './modules/handle/handle.service.ts';
import { createHandleStore } from './modules/handle/handle.store.ts';
import { createMemberDataStore } from './modules/member-data/member-data.store.ts';
import { createMemberData } from './modules/member-data/member-data.ts';
import { createMemberListStore } from './modules/member-list/member-list.store.ts';
import { createMuteService } from './modules/mute/mute.service.ts';
import { createMuteStore } from './modules/mute/mute.store.ts';
import { createPrivacyStore } from './modules/privacy/privacy.store.ts';
import { createProfileCache } from './modules/profile/profile.cache.ts';
import { createProfileService } from './modules/profile/profile.service.ts';
import { profileSnapshots } from './modules/profile/profile.snapshots.ts';
import { createProfileStore } from './modules/profile/profile.store.ts';
import { createSettingsService } from './modules/settings/settings.service.ts';
import { createSettingsStore } from './modules/settings/settings.store.ts';
import { createSuggestionService } from './modules/suggestion/suggestion.service.ts';
import { createSuggestionStore } from './modules/suggestion/suggestion.store.ts';
import { schema } from './schema.ts';

/** The user domain: handles, profiles, settings, follows, blocks and mutes. */
export const user: SubgraphDefinition<Context, Tx> = {
  name: 'user',
  schema,
  async create({ pool, ephemeral, wakeRelay }) {
    const { prisma, transactions } = openDatabase(pool, wakeRelay);
    const stores = {
      profile: createProfileStore(prisma),
      settings: createSettingsStore(prisma),
      follow: createFollowStore(prisma),
      followRequest: createFollowRequestStore(prisma),
      privacy: createPrivacyStore(prisma),
      block: createBlockStore(prisma),
      mute: createMuteStore(prisma),
      memberList: createMemberListStore(prisma),
      directory: createDirectoryStore(prisma),
      suggestion: createSuggestionStore(prisma),
    };
    const caches = { profile: createProfileCache({ ephemeral, profiles: stores.profile }) };
    const handleStore = createHandleStore();
    const handles = createHandleService({ transactions, handles: handleStore, profiles: stores.profile });
    const recorder = createFollowRecorder({ transactions, follows: stores.follow, profiles: stores.profile });
    const followRequest = createFollowRequestService({
      transactions,
      requests: stores.followRequest,
      recorder,
      profiles: stores.profile,
      cache: caches.profile,
    });
    const follow = createFollowService({
      transactions,
      recorder,
      requests: followRequest,
      follows: stores.follow,
      blocks: stores.block,
      profiles: stores.profile,
      cache: caches.profile,
    });
    const services = {
      profile: createProfileService({ transactions, profiles: stores.profile, cache: caches.profile }),
      settings: createSettingsService({
        transactions,
        settings: stores.settings,
        profiles: stores.profile,
        cache: caches.profile,
      }),
      follow,
      followRequest,
      block: createBlockService({
        transactions,
        blocks: stores.block,
        follows: follow,
        profiles: stores.profile,
        cache: caches.profile,
      }),
      suggestion: createSuggestionService({
        transactions,
        suggestions: stores.suggestion,
        profiles: stores.profile,
      }),
      mute: createMuteService({
        transactions,
        mutes: stores.mute,
        blocks: stores.block,
        profiles: stores.profile,
      }),
    };
    return {
      transactions,
      context: (request) => Object.assign(request, { services, stores, caches }),
      audience: stores.privacy.audience,
      watches: caches.profile.watch,
      consumes: {
        topics: ['auth'],
        handlers: {
          'account.created': accountCreated(handles),
          'account.profile_requested': profileRequested(handles),
          'account.closed': accountClosed(handles),
          'account.suspended': accountSuspended(stores.directory, true),
          'account.reinstated': accountSuspended(stores.directory, false),
          'account.snapshot': accountSnapshot(stores.directory),
        },
      },
      memberData: createMemberData({ transactions, data: createMemberDataStore(prisma), handles: handleStore }),
      snapshots: [profileSnapshots(stores)],
      internal: {
        'handles/reserve': async (body) => {
          const request = readReservation(body);
          const answer = isProblem(request) ? request : await handles.reserve(request);
          if (answer === 'RESERVED') return json(200, { reserved: true });
          if (answer === 'TAKEN') return json(409, { code: 'HANDLE_TAKEN' });
          return json(422, { code: answer.code, message: answer.message, path: answer.path });
        },
      },
      stop: () => prisma.$disconnect(),
    };
  },
};
