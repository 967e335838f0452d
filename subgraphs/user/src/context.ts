import type { RequestContext } from '@community/kit/context';
import type { BlockService } from './modules/block/block.service.ts';
import type { BlockStore } from './modules/block/block.store.ts';
import type { DirectoryStore } from './modules/directory/directory.store.ts';
import type { FollowService } from './modules/follow/follow.service.ts';
import type { FollowStore } from './modules/follow/follow.store.ts';
import type { FollowRequestService } from './modules/follow-request/follow-request.service.ts';
import type { FollowRequestStore } from './modules/follow-request/follow-request.store.ts';
import type { MemberListStore } from './modules/member-list/member-list.store.ts';
import type { MuteService } from './modules/mute/mute.service.ts';
import type { MuteStore } from './modules/mute/mute.store.ts';
import type { PrivacyStore } from './modules/privacy/privacy.store.ts';
import type { ProfileCache } from './modules/profile/profile.cache.ts';
import type { ProfileService } from './modules/profile/profile.service.ts';
import type { ProfileStore } from './modules/profile/profile.store.ts';
import type { SettingsService } from './modules/settings/settings.service.ts';
import type { SettingsStore } from './modules/settings/settings.store.ts';
import type { SuggestionService } from './modules/suggestion/suggestion.service.ts';
import type { SuggestionStore } from './modules/suggestion/suggestion.store.ts';

/** What resolvers of this subgraph work with: services write, stores and caches read in batches. */
export interface Context extends RequestContext {
  readonly services: {
    readonly profile: ProfileService;
    readonly settings: SettingsService;
    readonly follow: FollowService;
    readonly followRequest: FollowRequestService;
    readonly block: BlockService;
    readonly mute: MuteService;
    readonly suggestion: SuggestionService;
  };
  readonly stores: {
    readonly profile: ProfileStore;
    readonly settings: SettingsStore;
    readonly follow: FollowStore;
    readonly followRequest: FollowRequestStore;
    readonly privacy: PrivacyStore;
    readonly block: BlockStore;
    readonly mute: MuteStore;
    readonly memberList: MemberListStore;
    readonly directory: DirectoryStore;
    readonly suggestion: SuggestionStore;
  };
  readonly caches: { readonly profile: ProfileCache };
}
