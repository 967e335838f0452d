import type { RequestContext } from '@community/kit/context';
import type { ChangeStore } from './modules/inbox/change.store.ts';
import type { InboxService } from './modules/inbox/inbox.service.ts';
import type { InboxStore } from './modules/inbox/inbox.store.ts';

/** What resolvers of this subgraph work with: services write, stores read in batches. */
export interface Context extends RequestContext {
  readonly services: {
    readonly inbox: InboxService;
  };
  readonly stores: {
    readonly inbox: InboxStore;
    readonly change: ChangeStore;
  };
}
