import type { RequestContext } from '@community/kit/context';
import type { ChangeStore } from './modules/inbox/change.store.ts';
import type { InboxService } from './modules/inbox/inbox.service.ts';
import type { InboxStore } from './modules/inbox/inbox.store.ts';
import type { Change } from './modules/inbox/inbox.ts';
import type { PreferenceService } from './modules/preference/preference.service.ts';
import type { PreferenceStore } from './modules/preference/preference.store.ts';
import type { PushService } from './modules/push/push.service.ts';
import type { UnsubscribeService } from './modules/unsubscribe/unsubscribe.service.ts';

/** What resolvers of this subgraph work with: services write, stores read in batches. */
export interface Context extends RequestContext {
  readonly services: {
    readonly inbox: InboxService;
    readonly preference: PreferenceService;
    readonly push: PushService;
    readonly unsubscribe: UnsubscribeService;
    /** The changes of a member's inbox after a number, and then as they come; null for from now on. */
    openChangeStream(memberId: string, after: number | null): Promise<AsyncIterable<Change>>;
  };
  readonly stores: {
    readonly inbox: InboxStore;
    readonly change: ChangeStore;
    readonly preference: PreferenceStore;
  };
  readonly webPushPublicKey: string;
}
